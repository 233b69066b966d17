package io.jmigrate.cli.option;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of memory.
 *
 * @param start the first
 * @param end the one behind the last
 */
public record AddressRange(long start, long end) {
    private static final Pattern FORM = Pattern.compile("(?:0x)?([0-9a-fA-F]{1,15})([-+])(?:0x)?([0-9a-fA-F]{1,15})");

    public AddressRange {
        if (start >= end) {
            throw new IllegalArgumentException("a range of addresses ends behind its start");
        }
    }

    /**
     * Reads {@code START-END}, as in /proc/PID/maps, or {@code START+LENGTH}; all in hexadecimal digits.
     *
     * @throws IllegalArgumentException with a sentence
     */
    public static AddressRange of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not START-END or START+LENGTH in hexadecimal digits");
        }
        long start = Long.parseLong(matcher.group(1), 16);
        long other = Long.parseLong(matcher.group(3), 16);
        return new AddressRange(start, matcher.group(2).equals("-") ? other : start + other);
    }
}
