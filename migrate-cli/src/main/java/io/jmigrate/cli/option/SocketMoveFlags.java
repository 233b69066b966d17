package io.jmigrate.cli.option;

import io.jmigrate.criu.request.SocketMoves;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/** Other ports and addresses for the sockets of what is restored. */
public final class SocketMoveFlags {
    private static final int PORT_MAX = 65_535;

    private final Map<Integer, Integer> ports = new LinkedHashMap<>();
    private final Map<InetAddress, InetAddress> addresses = new LinkedHashMap<>();

    private record Port(int from, int to) {}

    private record Address(InetAddress from, InetAddress to) {}

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.repeated(
                        "--port",
                        "OLD=NEW",
                        "Sockets that listen on the port OLD listen on NEW; may be given more than once.",
                        SocketMoveFlags::port,
                        port -> ports.put(port.from(), port.to()))
                .repeated(
                        "--address",
                        "OLD=NEW",
                        "Sockets and interfaces that had the address OLD have NEW; may be given more than once. With --tcp-established also"
                                + " connections whose other ends are elsewhere.",
                        SocketMoveFlags::address,
                        address -> addresses.put(address.from(), address.to()));
    }

    private static Port port(String text) {
        Pair pair = Pair.of(text);
        return new Port(Numbers.between(pair.old(), 1, PORT_MAX), Numbers.between(pair.next(), 1, PORT_MAX));
    }

    private static Address address(String text) {
        Pair pair = Pair.of(text);
        InetAddress from = literal(pair.old());
        InetAddress to = literal(pair.next());
        if (from.getAddress().length != to.getAddress().length) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names addresses of both versions: a socket keeps its version");
        }
        return new Address(from, to);
    }

    private static InetAddress literal(String text) {
        InetAddress address = InetAddress.ofLiteral(text);
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || text.contains("%")) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address of one interface");
        }
        return address;
    }

    /** What was given. @param connections whether it goes for connections with others, too */
    public SocketMoves moves(boolean connections) {
        return new SocketMoves(ports, addresses, connections);
    }
}
