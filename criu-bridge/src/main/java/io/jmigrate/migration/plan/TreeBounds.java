package io.jmigrate.migration.plan;

/**
 * How much of one tree of files, or of several together, an arriving container may send.
 *
 * @param entriesMax names, counted each time they are sent
 * @param sentBytesMax content of files, counted each time it is sent
 * @param keptBytesMax content of files that is there at one time; Long.MAX_VALUE if there is no such bound
 */
public record TreeBounds(long entriesMax, long sentBytesMax, long keptBytesMax) {}
