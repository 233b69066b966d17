package io.jmigrate.runtime.config;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** Judges IP addresses given as text. */
final class IpText {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(\\d{1,3}(\\.\\d{1,3}){3})?");
    private static final Pattern PREFIX = Pattern.compile("\\d{1,3}");

    private IpText() {}

    /** Of an address, with or without a prefix length. */
    static boolean isV6(String text) {
        return text.indexOf(':') >= 0;
    }

    static boolean isAddress(String text) {
        return bits(text) > 0;
    }

    static boolean isWithPrefix(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return false;
        }
        return Integer.parseInt(text.substring(slash + 1)) <= bits(text.substring(0, slash));
    }

    /** 32, 128, or -1 for something else. */
    private static int bits(String address) {
        boolean v4 = V4.matcher(address).matches();
        if (!v4 && !V6.matcher(address).matches()) {
            return -1;
        }
        try {
            InetAddress.ofLiteral(address);
            return v4 ? 32 : 128;
        } catch (IllegalArgumentException _) {
            return -1;
        }
    }
}
