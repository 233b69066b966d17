package io.jmigrate.cli.option;

import java.time.Duration;

/** Numbers in options. */
public final class Numbers {
    private Numbers() {}

    /** @throws IllegalArgumentException with a sentence, unless it is a whole number in the range */
    public static int between(String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(text, least, most, e);
        }
        throw outside(text, least, most, null);
    }

    /** A time of a second to a day. @throws IllegalArgumentException with a sentence */
    public static Duration seconds(String text) {
        return Duration.ofSeconds(between(text, 1, 86_400));
    }

    private static IllegalArgumentException outside(String text, int least, int most, Throwable cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a whole number from " + least + " to " + most, cause);
    }
}
