package io.jmigrate.criu.obstacle;

import io.jmigrate.criu.obstacle.SocketChecks.Held;
import io.jmigrate.runtime.network.UnixSocket;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks of what Unix sockets are connected with: CRIU wants both ends (criu/sk-unix.c, dump_one_unix_fd). */
final class UnixPeerChecks {
    private static final Set<String> UNIX = Set.of("UNIX", "UNIX-STREAM");

    private UnixPeerChecks() {}

    /** What a socket has to do with others. */
    private enum Reach {
        WITHIN,
        /** It sends datagrams to one outside that has a name, by which a restored one finds it again. */
        TO_NAME_OUTSIDE,
        OUTSIDE,
        /** Somebody outside has connected to it, or something in it is lost on its way. */
        UNACCEPTED
    }

    /** Connections with processes that are not dumped. */
    static Stream<String> outside(ContainerView view) {
        return of(view, Reach.OUTSIDE)
                .map(held -> held.process().inSentence() + " is connected with a process outside by "
                        + name(held, view.network().unix()) + held.descriptor());
    }

    /** Connections that would be lost, as nobody has accepted them yet. */
    static Stream<String> unaccepted(ContainerView view) {
        return of(view, Reach.UNACCEPTED)
                .map(held -> held.process().inSentence() + " has a connection of "
                        + name(held, view.network().unix()) + held.descriptor() + " that nobody has accepted yet");
    }

    /** How many sockets send datagrams to one outside, and can be restored if CRIU is told to. */
    static long sending(ContainerView view) {
        return of(view, Reach.TO_NAME_OUTSIDE).count();
    }

    private static Stream<Held> of(ContainerView view, Reach reach) {
        Set<Long> inside = SocketChecks.held(view, UNIX::contains)
                .map(held -> held.file().inode())
                .collect(Collectors.toSet());
        return SocketChecks.held(view, UNIX::contains).filter(held -> Optional.ofNullable(
                        view.network().unix().get(held.file().inode()))
                .filter(socket -> reach(socket, view.network().unix(), inside) == reach)
                .isPresent());
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
    private static String name(Held held, Map<Long, UnixSocket> all) {
        UnixSocket own = all.get(held.file().inode());
        return Optional.ofNullable(all.get(own.peer()))
                .map(UnixSocket::name)
                .filter(name -> !name.isEmpty())
                .or(() -> Optional.of(own.name()).filter(name -> !name.isEmpty()))
                .map(name -> "the Unix socket " + name)
                .orElse("a Unix socket");
    }
}
