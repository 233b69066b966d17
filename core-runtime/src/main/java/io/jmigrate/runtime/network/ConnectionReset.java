package io.jmigrate.runtime.network;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.NetlinkSocket;
import io.jmigrate.runtime.network.DiagnosedSocket.Identity;
import io.jmigrate.runtime.network.DiagnosedSocket.State;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/**
 * Breaks the TCP connections of a network namespace off (sock_diag(7), SOCK_DESTROY; the kernel has it with
 * CONFIG_INET_DIAG_DESTROY): their other ends get a reset at once, those that no process has accepted yet too. Sockets that listen stay.
 *
 * <p>It takes a namespace that is one container's alone: whose a connection is isn't looked at.
 *
 * @param namespace the container's
 */
public record ConnectionReset(NetworkNamespace namespace) {
    /** AF_INET and AF_INET6. */
    private static final List<Integer> FAMILIES = List.of(2, 10);

    private static final Set<State> CONNECTIONS = Set.of(
            State.ESTABLISHED,
            State.SYN_SENT,
            State.SYN_RECEIVED,
            State.FIN_WAIT_1,
            State.FIN_WAIT_2,
            State.CLOSE_WAIT,
            State.LAST_ACK,
            State.CLOSING);

    /**
     * Ends all there are. Nothing of that reaches the other ends while the network is locked, or its links are down.
     *
     * @return how many there were
     * @throws Failure IO with the kernel's reason
     */
    public int all() {
        try (NetlinkSocket kernel = open()) {
            List<Identity> found = FAMILIES.stream()
                    .flatMap(family ->
                            kernel
                                    .list(NetlinkMessage.join(List.of(DiagnosedSocket.request(family, CONNECTIONS))))
                                    .stream())
                    .map((ByteBuffer entry) -> DiagnosedSocket.read(entry).identity())
                    .toList();
            found.forEach(each -> end(kernel, each));
            return found.size();
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot end the container's connections: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** Whether the kernel can do that. @throws LinuxException if it can't be asked */
    public boolean isPossible() {
        try (NetlinkSocket kernel = open()) {
            end(kernel, Identity.NONE);
            return true;
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.EOPNOTSUPP)) {
                return false;
            }
            throw e;
        }
    }

    private NetlinkSocket open() {
        return NetlinkSocket.open(namespace.path(), NetlinkSocket.Family.DIAGNOSIS);
    }

    /** One that is gone is as good: the other end of one within the namespace went with it. */
    private static void end(NetlinkSocket kernel, Identity socket) {
        try {
            kernel.request(NetlinkMessage.join(List.of(socket.end())), 1);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
