package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.network.TcpQueues;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Checks of sockets, of each once, whoever has it. */
final class SocketChecks {
    /** Those that CRIU dumps, as the kernel names them (criu/sockets.c, dump_socket; criu/sk-inet.c, can_dump_ipproto). */
    private static final Set<String> DUMPED = Set.of(
            "UNIX",
            "UNIX-STREAM",
            "TCP",
            "TCPv6",
            "UDP",
            "UDPv6",
            "UDP-Lite",
            "UDPLITEv6",
            "RAW",
            "RAWv6",
            "PING",
            "PINGv6",
            "NETLINK",
            "PACKET");

    private static final Set<String> TCP = Set.of("TCP", "TCPv6");

    private SocketChecks() {}

    /** A socket and who was found to have it. @param protocol as the kernel names it */
    record Held(TreeProcess process, OpenFile file, String protocol) {
        String descriptor() {
            return " (descriptor " + file.number() + ")";
        }
    }

    static Stream<String> unknown(ContainerView view) {
        return held(view.processes(), protocol -> !DUMPED.contains(protocol))
                .map(held -> held.process().inSentence() + " holds a socket of the protocol " + held.protocol()
                        + held.descriptor() + ", which CRIU does not know");
    }

    /** CRIU dumps no connection that is in nobody's hands yet, and the other end takes it for established. */
    static Stream<String> unaccepted(ContainerView view) {
        return inNobodysHands(view, TcpQueues::unaccepted)
                .map(held -> held.process().inSentence() + " has not accepted a TCP connection yet that waits for it"
                        + held.descriptor());
    }

    /** CRIU dumps nothing of the end that waits, and the restored other one would be answered with a reset. */
    static Stream<String> unconfirmed(ContainerView view) {
        return inNobodysHands(view, TcpQueues::unconfirmed)
                .map(held -> held.process().inSentence() + " holds a TCP connection" + held.descriptor()
                        + " whose other end has not confirmed it yet, as its listener waits for data first"
                        + " (TCP_DEFER_ACCEPT)");
    }

    /** Those of some sockets with connections that may not be lost. @param inodes of the sockets */
    private static Stream<Held> inNobodysHands(ContainerView view, Function<TcpQueues, Set<Long>> inodes) {
        return view.allowance().losesUnaccepted()
                ? Stream.empty()
                : held(view.processes(), TCP::contains)
                        .filter(held -> inodes.apply(view.network().queues())
                                .contains(held.file().inode()));
    }

    static Stream<String> unread(ContainerView view) {
        return held(view.processes(), "NETLINK"::equals)
                .filter(held ->
                        view.network().unreadNetlink().contains(held.file().inode()))
                .map(held -> held.process().inSentence() + " has not read a message of the kernel yet that is in its"
                        + " netlink socket" + held.descriptor());
    }

    /** The sockets of some protocols. */
    static Stream<Held> held(List<TreeProcess> processes, Predicate<String> protocols) {
        Set<Long> seen = new HashSet<>();
        return processes.stream()
                .flatMap(process -> process.files().stream()
                        .filter(OpenFile::isSocket)
                        .map(file -> new Held(
                                process, file, process.parts().protocols().getOrDefault(file.number(), ""))))
                .filter(held -> !held.protocol().isEmpty() && protocols.test(held.protocol()))
                .filter(held -> seen.add(held.file().inode()));
    }
}
