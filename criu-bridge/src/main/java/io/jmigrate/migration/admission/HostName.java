package io.jmigrate.migration.admission;

/** What stands for all addresses that one host is likely to have: of IPv6 the network of 64 bits (RFC 4291, 2.5.4). */
final class HostName {
    private static final int NETWORK_GROUPS = 4;

    private HostName() {}

    /** @param address in numbers, as the socket has it */
    static String of(String address) {
        String plain = address.replaceFirst("%.*", "");
        if (!plain.contains(":") || plain.contains(".")) {
            return plain; // an IPv4 address, also one in an IPv6 address
        }
        String[] halves = plain.split("::", 2);
        String[] groups = (halves[0].isEmpty() ? "0" : halves[0]).split(":");
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < NETWORK_GROUPS; i++) {
            network.append(i < groups.length ? Integer.toHexString(Integer.parseInt(groups[i], 16)) : "0")
                    .append(':');
        }
        return network.append(":/64").toString();
    }
}
