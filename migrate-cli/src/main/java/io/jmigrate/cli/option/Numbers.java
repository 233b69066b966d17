package io.jmigrate.cli.option;

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

    private static IllegalArgumentException outside(String text, int least, int most, Throwable cause) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not a whole number from " + least + " to " + most, cause);
    }
}
