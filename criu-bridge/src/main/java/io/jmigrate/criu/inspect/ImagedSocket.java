package io.jmigrate.criu.inspect;

import java.util.Objects;

/**
 * A socket in a checkpoint.
 *
 * @param family {@code inet}, {@code inet6} or {@code unix}
 * @param protocol {@code tcp}, {@code udp} and so on; of a Unix socket its type: {@code stream}, {@code dgram}, {@code seqpacket}
 * @param state {@code listen}, {@code established} and so on
 * @param local the address and port, or the path ({@code @} first if abstract) and the inode
 * @param remote the same of the other end; empty if there is none
 */
public record ImagedSocket(String family, String protocol, String state, String local, String remote) {
    public ImagedSocket {
        Objects.requireNonNull(family);
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(state);
        Objects.requireNonNull(local);
        Objects.requireNonNull(remote);
    }
}
