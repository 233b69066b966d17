package io.jmigrate.migration.plan;

import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What becomes of a container's addresses and connections when it goes.
 *
 * @param closes whether its TCP connections are closed: their other ends get a reset, and the container reads their end
 * @param addresses that it has in place of others at the destination: from the old one to the new one, of the same version, as text.
 *     Connections of an old one with others are closed, since those know it by that
 */
public record NetworkTerms(boolean closes, Map<String, String> addresses) {
    /** It has the same addresses, and its connections go on. */
    public static final NetworkTerms KEEP = new NetworkTerms(false, Map.of());

    private static final int ADDRESSES_MAX = 64;

    /** @throws IllegalArgumentException if a text is no address, or two differ in their version */
    public NetworkTerms {
        if (addresses.size() > ADDRESSES_MAX) {
            throw new IllegalArgumentException(
                    addresses.size() + " addresses are to change, at most " + ADDRESSES_MAX + " can");
        }
        addresses = addresses.entrySet().stream()
                .collect(Collectors.toMap(
                        pair -> IpAddresses.canonical(address(pair.getKey())),
                        pair -> IpAddresses.canonical(address(pair.getValue())),
                        (_, later) -> later,
                        TreeMap::new));
        addresses.forEach(NetworkTerms::requireSameVersion);
    }

    private static InetAddress address(String text) {
        InetAddress address = InetAddress.ofLiteral(text);
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || text.contains("%")) {
            throw new IllegalArgumentException("\"" + text + "\" is not an address of one interface");
        }
        return address;
    }

    private static void requireSameVersion(String old, String next) {
        if (old.contains(":") != next.contains(":")) {
            throw new IllegalArgumentException(old + " and " + next + " are of different versions");
        }
    }

    /** Whether connections end by it, or may. */
    public boolean endsConnections() {
        return closes || !addresses.isEmpty();
    }

    /** The addresses, parsed. */
    public Map<InetAddress, InetAddress> moves() {
        return addresses.entrySet().stream()
                .collect(Collectors.toMap(
                        pair -> InetAddress.ofLiteral(pair.getKey()), pair -> InetAddress.ofLiteral(pair.getValue())));
    }
}
