/**
 * CRIU's page-server protocol (criu/page-xfer.c).
 *
 * <p>A dump: CRIU is given one end of a socket pair and sends the memory into it; {@link io.jmigrate.pages.server.PageServerEnd}
 * reads the other. The protocol has no version and no limits, and its header changed its size with CRIU 4.2, so it doesn't leave
 * the machine: what goes to a peer is a protocol of our own.
 *
 * <p>A lazy restore by CRIU alone: {@link io.jmigrate.pages.server.LazyPageServer} gives a {@code criu lazy-pages} of another host what it
 * asks for. There is no other way to be understood there, so this one is over a port.
 */
package io.jmigrate.pages.server;
