package io.jmigrate.cli.option;

import io.jmigrate.criu.request.ForeignConnections;
import io.jmigrate.criu.request.SocketMoves;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Other ports and addresses for the sockets of what is restored. */
public final class SocketMoveFlags {
    private static final int PORT_MAX = 65_535;

    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final Map<InetAddress, InetAddress> addresses = new LinkedHashMap<>();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.repeated(
                        "--port",
                        "OLD=NEW",
                        "Sockets that listen on the port OLD listen on NEW; may be given more than once.",
                        text -> Pair.of(text, port -> Numbers.between(port, 1, PORT_MAX)),
                        pair -> ports.put(pair.old(), pair.next()))
                .repeated(
                        "--address",
                        "OLD=NEW",
                        "Sockets and interfaces that had the address OLD have NEW; may be given more than once. With --tcp-established also"
                                + " connections whose other ends are elsewhere.",
                        SocketMoveFlags::addresses,
                        pair -> addresses.put(pair.old(), pair.next()));
    }

    /** Two of the same version. @throws IllegalArgumentException */
    static Pair<InetAddress> addresses(String text) {
        Pair<InetAddress> pair = Pair.of(text, SocketMoveFlags::literal);
        if (pair.old().getAddress().length != pair.next().getAddress().length) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names addresses of both versions: a socket keeps its version");
        }
        return pair;
    }

    /** @throws IllegalArgumentException if it is not an address of one interface */
    static InetAddress literal(String text) {
        InetAddress address = parsed(text);
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || text.contains("%")) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address of one interface");
        }
        return address;
    }

    private static InetAddress parsed(String text) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not an IP address", e);
        }
    }

    /** What was given. @param connections whether it goes for connections with others, too */
    public SocketMoves moves(boolean connections) {
        return new SocketMoves(ports, addresses, connections ? ForeignConnections.KEPT : ForeignConnections.REFUSED);
    }
}
