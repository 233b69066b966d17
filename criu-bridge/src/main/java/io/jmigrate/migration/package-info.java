/**
 * A container moves from one node to another.
 *
 * <p>The data flow: the source's engine ({@code engine}) asks the peer whether the container may land there ({@code plan}), copies
 * the root filesystem while the container runs ({@code transfer}), dumps it with CRIU, sends memory and images over the wire
 * ({@code wire}) while CRIU writes them, and hands over ({@code state}, {@code journal}, {@code policy}). What happened and what
 * is happening is told in values ({@code report}); who the peer is, is settled beforehand ({@code identity}).
 *
 * <p>The one promise: at any time, whatever dies or is cut, at most one copy runs, and recovery ends with exactly one.
 */
package io.jmigrate.migration;
