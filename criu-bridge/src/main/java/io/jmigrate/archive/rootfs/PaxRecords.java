package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.transfer.Attributes;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The extended header of one entry (pax(1), "pax Extended Header"). */
final class PaxRecords {
    private static final String ATTRIBUTE = "SCHILY.xattr.";
    private static final String HOLES = "GNU.sparse.";
    private static final int LENGTH_DIGITS_MAX = 9;

    private final Map<String, byte[]> values = new HashMap<>();

    void put(String key, byte[] value) {
        values.put(key, value);
    }

    /** {@code LENGTH KEY=VALUE\n}, one behind the other. */
    void read(byte[] content) throws IOException {
        for (int start = 0; start < content.length; ) {
            int space = indexOf(content, ' ', start, start + LENGTH_DIGITS_MAX);
            int end = start + length(content, start, space);
            if (end <= space || end > content.length || content[end - 1] != '\n') {
                throw malformed();
            }
            int equals = indexOf(content, '=', space, end);
            values.put(
                    new String(content, space + 1, equals - space - 1, StandardCharsets.UTF_8),
                    Arrays.copyOfRange(content, equals + 1, end - 1));
            start = end;
        }
    }

    private static int indexOf(byte[] content, char what, int from, int to) throws IOException {
        for (int i = from; i < Math.min(to, content.length); i++) {
            if (content[i] == what) {
                return i;
            }
        }
        throw malformed();
    }

    private static int length(byte[] content, int start, int space) throws IOException {
        try {
            return Integer.parseUnsignedInt(new String(content, start, space - start, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static IOException malformed() {
        return new IOException("an extended header is malformed");
    }

    /** Whether it is about a file with holes. */
    boolean tellOfHoles() {
        return values.keySet().stream().anyMatch(key -> key.startsWith(HOLES));
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    Optional<Long> number(String key) throws IOException {
        Optional<BigDecimal> value = decimal(key);
        return value.isEmpty() ? Optional.empty() : Optional.of(exact(value.get()));
    }

    /** A time in nanoseconds. */
    Optional<Long> nanos(String key) throws IOException {
        Optional<BigDecimal> seconds = decimal(key);
        return seconds.isEmpty()
                ? Optional.empty()
                : Optional.of(exact(seconds.get().movePointRight(9)));
    }

    private Optional<BigDecimal> decimal(String key) throws IOException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("-?[0-9]{1,20}(\\.[0-9]{1,20})?")) {
            throw malformed();
        }
        return Optional.of(new BigDecimal(text.get()));
    }

    private static long exact(BigDecimal value) throws IOException {
        try {
            return value.toBigInteger().longValueExact();
        } catch (ArithmeticException e) {
            throw malformed();
        }
    }

    /** The attributes that belong to files' content; those of a host's policy are not taken over. */
    Map<String, byte[]> attributes() {
        Map<String, byte[]> attributes = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(ATTRIBUTE) && Attributes.travels(key.substring(ATTRIBUTE.length()))) {
                attributes.put(key.substring(ATTRIBUTE.length()), value);
            }
        });
        return attributes;
    }
}
