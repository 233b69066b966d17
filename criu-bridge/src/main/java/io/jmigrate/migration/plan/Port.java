package io.jmigrate.migration.plan;

import java.util.Set;

/**
 * A port that a socket has.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param address of the socket, without a prefix; that of all interfaces is {@code 0.0.0.0} or {@code ::}
 * @param number from 1 on
 */
public record Port(String protocol, String address, int number) {
    private static final Set<String> ANY = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** Whether two sockets could not have them at once. */
    boolean excludes(Port other) {
        return protocol.equals(other.protocol)
                && number == other.number
                && (address.equals(other.address) || isEverywhere() || other.isEverywhere());
    }

    private boolean isEverywhere() {
        return ANY.contains(address);
    }

    @Override
    public String toString() {
        return protocol + " " + (address.contains(":") ? "[" + address + "]" : address) + ":" + number;
    }
}
