package io.jmigrate.criu.request;

import java.net.InetAddress;
import java.util.Map;

/**
 * Other ports and addresses for the sockets of a restored tree.
 *
 * @param ports from those at the dump
 * @param addresses from those at the dump, of the same kind each
 * @param connections whether connections get other addresses also if their other ends are not in the tree: those have to follow by themselves
 */
public record SocketMoves(Map<Integer, Integer> ports, Map<InetAddress, InetAddress> addresses, boolean connections) {
    /** All have what they had. */
    public static final SocketMoves NONE = new SocketMoves(Map.of(), Map.of(), false);

    public SocketMoves {
        ports = Map.copyOf(ports);
        addresses = Map.copyOf(addresses);
    }

    /** Whether all have what they had. */
    public boolean isEmpty() {
        return ports.isEmpty() && addresses.isEmpty();
    }
}
