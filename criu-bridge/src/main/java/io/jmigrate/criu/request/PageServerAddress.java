package io.jmigrate.criu.request;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a {@code criu page-server} listens.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 1–65535
 */
public record PageServerAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9a-fA-F:.%a-z]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");
    private static final int PORT_MAX = 65_535;

    public PageServerAddress {
        Objects.requireNonNull(host);
    }

    /**
     * Reads {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static PageServerAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not of the form ADDRESS:PORT");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port == 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("\"" + text + "\" has no port from 1 to " + PORT_MAX);
        }
        return new PageServerAddress(matcher.group(1) != null ? matcher.group(1) : matcher.group(2), port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
