package io.jmigrate.runtime.network;

import io.jmigrate.runtime.linux.NetlinkSocket;
import io.jmigrate.runtime.network.DiagnosedSocket.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The TCP sockets of a network namespace that have to do with connections which are in nobody's hands yet (sock_diag(7)). The table
 * {@code /proc/PID/net/tcp} says the same, but for it the kernel goes through the places of all connections that a host could have.
 *
 * @param unaccepted inodes of those that listen, with a connection that is established and that no process has accepted yet
 * @param unconfirmed inodes of those with a connection that the other end, in this network too, has not confirmed yet
 */
public record TcpQueues(Set<Long> unaccepted, Set<Long> unconfirmed) {
    /** Nothing waits. */
    public static final TcpQueues NONE = new TcpQueues(Set.of(), Set.of());

    /** AF_INET and AF_INET6. */
    private static final List<Integer> FAMILIES = List.of(2, 10);

    public TcpQueues {
        unaccepted = Set.copyOf(unaccepted);
        unconfirmed = Set.copyOf(unconfirmed);
    }

    /**
     * Asks the kernel.
     *
     * @param namespace for example {@code /proc/42/ns/net}
     * @throws io.jmigrate.runtime.linux.LinuxException ENOENT if there is no such namespace, or the kernel lists no TCP sockets
     */
    public static TcpQueues of(Path namespace) {
        try (NetlinkSocket kernel = NetlinkSocket.open(namespace, NetlinkSocket.Family.DIAGNOSIS)) {
            return from((family, state) ->
                    kernel.list(NetlinkMessage.join(List.of(DiagnosedSocket.request(family, state)))).stream()
                            .map(DiagnosedSocket::read)
                            .toList());
        }
    }

    /**
     * Asks no more than it has to: without a listener nothing is half open, and then no other end has to be looked for.
     *
     * @param kernel gives the sockets of a family that are in a state
     */
    static TcpQueues from(BiFunction<Integer, State, List<DiagnosedSocket>> kernel) {
        Stream.Builder<DiagnosedSocket> all = Stream.builder();
        Stream.Builder<DiagnosedSocket> asked = Stream.builder();
        for (int family : FAMILIES) {
            List<DiagnosedSocket> listening = kernel.apply(family, State.LISTEN);
            listening.forEach(all);
            if (!listening.isEmpty()) {
                kernel.apply(family, State.SYN_RECEIVED).forEach(asked);
            }
        }
        Set<Long> unaccepted = all.build()
                .filter(socket -> socket.waiting() != 0)
                .map(DiagnosedSocket::inode)
                .collect(Collectors.toSet());
        return new TcpQueues(unaccepted, otherEnds(asked.build().toList(), kernel));
    }

    /** Of any family: who speaks version 4 and is answered by a listener of version 6 is of the one, and the answer is of the other. */
    private static Set<Long> otherEnds(
            List<DiagnosedSocket> asked, BiFunction<Integer, State, List<DiagnosedSocket>> kernel) {
        Set<DiagnosedSocket.Ends> wanted =
                asked.stream().map(socket -> socket.ends().reversed()).collect(Collectors.toSet());
        return wanted.isEmpty()
                ? Set.of()
                : FAMILIES.stream()
                        .flatMap(family -> kernel.apply(family, State.ESTABLISHED).stream())
                        .filter(socket -> wanted.contains(socket.ends()))
                        .map(DiagnosedSocket::inode)
                        .collect(Collectors.toSet());
    }
}
