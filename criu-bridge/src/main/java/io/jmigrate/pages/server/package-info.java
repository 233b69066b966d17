/**
 * CRIU's page-server protocol (criu/page-xfer.c), ended on the local host.
 *
 * <p>CRIU is given one end of a socket pair and sends the memory of a dump into it; {@link io.jmigrate.pages.server.PageServerEnd}
 * reads the other. The protocol has no version and no limits, and its header changed its size with CRIU 4.2, so it never leaves
 * the machine: what goes to a peer is a protocol of our own.
 */
package io.jmigrate.pages.server;
