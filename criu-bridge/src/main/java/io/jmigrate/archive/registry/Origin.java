package io.jmigrate.archive.registry;

import java.net.URI;
import java.util.Locale;

/** Who answers at an address (RFC 6454): logins and memory are for the registry alone. */
record Origin(String scheme, String host, int port) {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /** @throws IllegalArgumentException if the address has no scheme and host of the web */
    static Origin of(URI address) {
        if (address.getScheme() == null || address.getHost() == null) {
            throw new IllegalArgumentException("no address of the web");
        }
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int usual =
                switch (scheme) {
                    case "https" -> HTTPS_PORT;
                    case "http" -> HTTP_PORT;
                    default -> throw new IllegalArgumentException("no address of the web");
                };
        return new Origin(
                scheme, address.getHost().toLowerCase(Locale.ROOT), address.getPort() < 0 ? usual : address.getPort());
    }

    /** Whether what goes there is as well protected as what goes to the other. */
    boolean isAsSafeAs(Origin other) {
        return scheme.equals("https") || equals(other);
    }
}
