package io.jmigrate.runtime.config;

/** Names of kernel parameters, which sysctl(8) lets be written with dots or with slashes. */
public final class SysctlKey {
    private SysctlKey() {}

    /**
     * The key with dots between its parts. Where the first separator is a slash, dots belong to names ({@code
     * net/ipv4/conf/eno2.100/rp_filter}) and change places with the slashes.
     */
    public static String dotted(String key) {
        int first = firstSeparator(key);
        if (first < 0 || key.charAt(first) == '.') {
            return key;
        }
        return swapped(key);
    }

    /** The file below /proc/sys of a key with dots: dots become slashes and slashes become dots. */
    public static String file(String dotted) {
        return swapped(dotted);
    }

    private static int firstSeparator(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) == '.' || key.charAt(i) == '/') {
                return i;
            }
        }
        return -1;
    }

    private static String swapped(String key) {
        StringBuilder swapped = new StringBuilder(key.length());
        for (char c : key.toCharArray()) {
            swapped.append(c == '.' ? '/' : c == '/' ? '.' : c);
        }
        return swapped.toString();
    }
}
