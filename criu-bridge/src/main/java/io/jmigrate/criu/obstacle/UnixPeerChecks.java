package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.obstacle.SocketChecks.Held;
import io.jmigrate.runtime.network.UnixSocket;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of what Unix sockets are connected with: CRIU wants both ends (criu/sk-unix.c, dump_one_unix_fd). */
final class UnixPeerChecks {
    private static final Set<String> UNIX = Set.of("UNIX", "UNIX-STREAM");

    private final Map<Long, UnixSocket> all;
    private final Map<Reach, List<Held>> reaches;

    /** @param all Unix sockets of the network namespace, by inode @param reaches the sockets of the processes by what they reach */
    private UnixPeerChecks(Map<Long, UnixSocket> all, Map<Reach, List<Held>> reaches) {
        this.all = all;
        this.reaches = reaches;
    }

    /** What a socket has to do with others. */
    private enum Reach {
        WITHIN,
        /** It sends datagrams to one outside that has a name, by which a restored one finds it again. */
        TO_NAME_OUTSIDE,
        OUTSIDE,
        /** Somebody outside has connected to it, or something in it is lost on its way. */
        UNACCEPTED
    }

    /**
     * Works out what each socket of the processes has to do with others.
     *
     * @param network of the processes, asked for its Unix sockets only if there are any
     */
    static UnixPeerChecks of(List<TreeProcess> processes, NetworkSockets network) {
        List<Held> held = SocketChecks.held(processes, UNIX::contains).toList();
        if (held.isEmpty()) {
            return new UnixPeerChecks(Map.of(), Map.of());
        }
        Set<Long> inside = held.stream().map(each -> each.file().inode()).collect(Collectors.toSet());
        Map<Long, UnixSocket> all = network.unix();
        return new UnixPeerChecks(
                all,
                held.stream()
                        .filter(each -> all.containsKey(each.file().inode()))
                        .collect(Collectors.groupingBy(
                                each -> reach(all.get(each.file().inode()), all, inside))));
    }

    /** Connections with processes that are not dumped. */
    Stream<String> outside() {
        return of(Reach.OUTSIDE)
                .map(held -> held.process().inSentence() + " is connected with a process outside by " + name(held)
                        + held.descriptor());
    }

    /** Connections that would be lost, as nobody has accepted them yet. */
    Stream<String> unaccepted() {
        return of(Reach.UNACCEPTED)
                .map(held -> held.process().inSentence() + " has a connection of " + name(held) + held.descriptor()
                        + " that nobody has accepted yet");
    }

    /** How many sockets send datagrams to one outside, and can be restored if CRIU is told to. */
    long sending() {
        return of(Reach.TO_NAME_OUTSIDE).count();
    }

    private Stream<Held> of(Reach reach) {
        return reaches.getOrDefault(reach, List.of()).stream();
    }

    private static Reach reach(UnixSocket socket, Map<Long, UnixSocket> all, Set<Long> inside) {
        if (socket.peer() != 0) {
            return toPeer(socket.peer(), all, inside);
        }
        return switch (socket.state()) {
            case LISTENS -> inside.containsAll(socket.waiting()) ? Reach.WITHIN : Reach.UNACCEPTED;
            case CONNECTED -> socket.isDatagram() || socket.isShutDown() ? Reach.WITHIN : waiting(socket, all, inside);
            case OTHER -> Reach.WITHIN;
        };
    }

    private static Reach toPeer(long peer, Map<Long, UnixSocket> all, Set<Long> inside) {
        if (inside.contains(peer)) {
            return Reach.WITHIN;
        }
        return Optional.ofNullable(all.get(peer))
                        .filter(other -> other.isDatagram() && isFoundAgain(other.name()))
                        .isPresent()
                ? Reach.TO_NAME_OUTSIDE
                : Reach.OUTSIDE;
    }

    /** A path that begins elsewhere would be looked for where CRIU is. */
    private static boolean isFoundAgain(String name) {
        return name.startsWith("/") || name.startsWith("@");
    }

    /** It has connected, and waits to be accepted: what it has written already can't be read out of it. */
    private static Reach waiting(UnixSocket socket, Map<Long, UnixSocket> all, Set<Long> inside) {
        boolean within = all.values().stream()
                .anyMatch(other -> other.waiting().contains(socket.inode()) && inside.contains(other.inode()));
        return !within ? Reach.OUTSIDE : socket.unsentBytes() > 0 ? Reach.UNACCEPTED : Reach.WITHIN;
    }

    /** That of the end which has one. */
    private String name(Held held) {
        UnixSocket own = all.get(held.file().inode());
        return Optional.ofNullable(all.get(own.peer()))
                .map(UnixSocket::name)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(own.name()).filter(name -> !name.isEmpty()))
                .map(name -> "the Unix socket " + name)
                .orElse("a Unix socket");
    }
}
