package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.regex.Pattern;

/**
 * The name of a container: unique below one runtime root, and the name of its directory there.
 *
 * @param value 1 to 240 ASCII letters, digits and {@code _ + . -}, not beginning with a dot
 */
public record ContainerId(String value) {
    /** File names that are made from the id must fit in NAME_MAX, 255. */
    private static final int LENGTH_MAX = 240;

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_+-][A-Za-z0-9_+.-]*");

    public ContainerId {
        if (value.isEmpty()) {
            throw Failure.of(RuntimeCode.INVALID_ID, "the container id is empty");
        }
        if (value.length() > LENGTH_MAX) {
            throw Failure.of(
                    RuntimeCode.INVALID_ID,
                    "the container id has " + value.length() + " characters, more than " + LENGTH_MAX);
        }
        if (!ALLOWED.matcher(value).matches()) {
            throw Failure.of(
                    RuntimeCode.INVALID_ID,
                    "the container id " + printable(value)
                            + " may only have letters, digits and _ + . - and must not begin with a dot");
        }
    }

    /** @throws Failure INVALID_ID if the text can't be an id */
    public static ContainerId of(String value) {
        return new ContainerId(value);
    }

    @Override
    public String toString() {
        return value;
    }

    /** For use in a sentence: {@code container "web"}. */
    public String inSentence() {
        return "container \"" + value + "\"";
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder("\"");
        text.codePoints().limit(LENGTH_MAX).forEach(c -> shown.appendCodePoint(c < ' ' || c == 0x7f ? '?' : c));
        return shown.append('"').toString();
    }
}
