package io.jmigrate.migration.plan;

import java.net.InetAddress;

/** Texts of IP addresses, so that equal addresses have equal ones. */
public final class IpAddresses {
    private IpAddresses() {}

    /** The one text of an address, without prefix and zone; what is none stays as it is. */
    public static String canonical(String text) {
        try {
            return canonical(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** The one text of an address. */
    public static String canonical(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }
}
