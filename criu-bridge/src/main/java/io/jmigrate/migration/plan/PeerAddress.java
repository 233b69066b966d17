package io.jmigrate.migration.plan;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a node listens.
 *
 * @param host name or address, an IPv6 address without brackets
 * @param port 0–65535; 0 only for listening, "any free one"
 */
public record PeerAddress(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%[^\\]\\[\\s/%]+)?)]|([^:\\[\\]\\s]+)):(\\d{1,5})");
    private static final int PORT_MAX = 65_535;

    public PeerAddress {
        if (host.isBlank() || port < 0 || port > PORT_MAX) {
            throw Failure.of(
                    MigrationCode.INVALID_ADDRESS, "not an address of the form HOST:PORT: " + host + ":" + port);
        }
    }

    /** Reads {@code HOST:PORT} or {@code [IPV6]:PORT}, where the address may have a zone, {@code %INTERFACE}. */
    public static PeerAddress parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw Failure.of(MigrationCode.INVALID_ADDRESS, "not an address of the form HOST:PORT: " + text);
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new PeerAddress(host, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
