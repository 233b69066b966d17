/**
 * CRIU's remote procedure calls: one {@code criu swrk} process a call, which the launcher starts with one end of a SOCK_SEQPACKET
 * pair. CRIU asks back by notifications, and goes on when each is answered.
 *
 * <p>Whoever makes the pair is CRIU's client, by whose {@code /proc/PID/fd} it reads the image directory's descriptor. When the
 * client dies, CRIU's next read or write on the socket fails, and it undoes what it was doing: it thaws a tree that is being
 * dumped, and kills one that is being restored and hasn't run. An answer that was sent before is still read (tried).
 */
package io.jmigrate.criu.rpc;
