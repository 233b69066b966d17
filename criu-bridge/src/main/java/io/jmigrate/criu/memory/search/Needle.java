package io.jmigrate.criu.memory.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** What is searched for in memory. */
public sealed interface Needle {
    /**
     * Where it is.
     *
     * @param start index of its first byte
     * @param end index behind its last byte
     */
    record Hit(int start, int end) {}

    /** No match has more bytes. */
    int longestBytes();

    /**
     * The first match that begins at {@code from} or later.
     *
     * @param bytes those before {@code from} are what is in memory before it
     * @param end how many bytes there are
     */
    Optional<Hit> find(byte[] bytes, int from, int end);

    /** The text in UTF-8. */
    static Needle text(String text) {
        return new Exactly(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Bytes in hexadecimal digits, two each.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static Needle hex(String digits) {
        try {
            return new Exactly(HexFormat.of().parseHex(digits.replace(" ", "")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + digits + "\" are not bytes in hexadecimal digits", e);
        }
    }

    /**
     * A regular expression in the syntax of RE2, which takes time in proportion to the memory whatever the expression and the memory
     * are like. Characters other than ASCII are their bytes in UTF-8, and don't belong into brackets.
     *
     * @throws IllegalArgumentException with a sentence
     */
    static Needle regex(String expression) {
        try {
            // a character for each byte, in the memory as in the expression
            return new Regex(Pattern.compile(
                    new String(expression.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "\"" + expression + "\" is not a regular expression: " + e.getDescription(), e);
        }
    }

    /** Bytes that are known. */
    record Exactly(byte[] bytes) implements Needle {
        /** More than a line of a shell takes. */
        private static final int BYTES_MAX = 64 << 10;

        public Exactly {
            if (bytes.length == 0 || bytes.length > BYTES_MAX) {
                throw new IllegalArgumentException("what is searched for has 1 to " + BYTES_MAX + " bytes");
            }
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }

        @Override
        public int longestBytes() {
            return bytes.length;
        }

        @Override
        public Optional<Hit> find(byte[] memory, int from, int end) {
            for (int start = from; start <= end - bytes.length; start++) {
                if (memory[start] == bytes[0] && matchesAt(memory, start)) {
                    return Optional.of(new Hit(start, start + bytes.length));
                }
            }
            return Optional.empty();
        }

        private boolean matchesAt(byte[] memory, int start) {
            for (int i = 1; i < bytes.length; i++) {
                if (memory[start + i] != bytes[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A regular expression over bytes. */
    record Regex(Pattern pattern) implements Needle {
        @Override
        public int longestBytes() {
            return 4096;
        }

        /** An empty match is none: there would be one everywhere. */
        @Override
        public Optional<Hit> find(byte[] bytes, int from, int end) {
            Matcher matcher = pattern.matcher(new Latin1(bytes, 0, end));
            for (int start = from; start < end && matcher.find(start); start = matcher.end() + 1) {
                if (matcher.end() > matcher.start()) {
                    int longest = Math.min(matcher.end(), matcher.start() + longestBytes());
                    return Optional.of(new Hit(matcher.start(), longest));
                }
            }
            return Optional.empty();
        }
    }

    /** Bytes as the characters of the same numbers, without a copy. */
    record Latin1(byte[] bytes, int start, int end) implements CharSequence {
        @Override
        public int length() {
            return end - start;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[start + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new Latin1(bytes, start + from, start + to);
        }

        @Override
        public String toString() {
            return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
        }
    }
}
