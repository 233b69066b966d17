package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What waits at listening TCP sockets (sock_diag(7), linux/inet_diag.h). The table {@code /proc/PID/net/tcp} says the same, but for it the
 * kernel goes through the places of all connections that a host could have.
 */
public final class TcpQueues {
    private static final int BY_FAMILY = 20; // SOCK_DIAG_BY_FAMILY
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int IPPROTO_TCP = 6;
    private static final int LISTENING = 1 << 10; // TCP_LISTEN
    private static final int IDENTITY_WORDS = 12; // struct inet_diag_sockid
    // struct inet_diag_msg
    private static final int WAITING_OFFSET = 56;
    private static final int INODE_OFFSET = 68;

    private TcpQueues() {}

    /**
     * The inodes of the sockets with a connection that is established and that no process has accepted yet.
     *
     * @param namespace for example {@code /proc/42/ns/net}
     * @throws io.jmigrate.runtime.linux.LinuxException ENOENT if there is no such namespace, or the kernel lists no TCP sockets
     */
    public static Set<Long> unaccepted(Path namespace) {
        Set<Long> inodes = new HashSet<>();
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace, NetlinkSocket.Family.DIAGNOSIS)) {
            for (int family : List.of(AF_INET, AF_INET6)) {
                kernel.list(NetlinkMessage.join(List.of(listening(family))))
                        .forEach(entry -> waiting(entry).ifPresent(inodes::add));
            }
        }
        return inodes;
    }

    private static NetlinkMessage listening(int family) {
        NetlinkMessage request = new NetlinkMessage(BY_FAMILY, Links.LIST)
                .u8(family)
                .u8(IPPROTO_TCP)
                .u16(0)
                .i32(LISTENING);
        for (int word = 0; word < IDENTITY_WORDS; word++) {
            request.i32(0);
        }
        return request;
    }

    /** The inode, if something waits. */
    static Optional<Long> waiting(ByteBuffer entry) {
        return entry.getInt(WAITING_OFFSET) == 0
                ? Optional.empty()
                : Optional.of(Integer.toUnsignedLong(entry.getInt(INODE_OFFSET)));
    }
}
