package io.jmigrate.criu.request;

import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;

/**
 * Other ports and addresses for the sockets of a restored tree.
 *
 * @param ports from those at the dump
 * @param addresses from those at the dump, of the same kind each
 * @param foreign what becomes of connections of these addresses whose other ends are not in the tree
 */
public record SocketMoves(
        Map<Integer, Integer> ports, Map<InetAddress, InetAddress> addresses, ForeignConnections foreign) {
    /** All have what they had. */
    public static final SocketMoves NONE = new SocketMoves(Map.of(), Map.of(), ForeignConnections.REFUSED);

    public SocketMoves {
        ports = Map.copyOf(ports);
        addresses = Map.copyOf(addresses);
        Objects.requireNonNull(foreign);
    }

    /** Whether all have what they had. */
    public boolean isEmpty() {
        return ports.isEmpty() && addresses.isEmpty();
    }
}
