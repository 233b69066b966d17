package io.jmigrate.criu.log;

import java.util.regex.Pattern;

/**
 * A line of CRIU's log that is known to tell why it failed.
 *
 * @param line what it contains, as CRIU's source has it
 * @param sentence what it means; it may follow a colon, and has no full stop
 * @param remedy what to do about it, one line
 */
public record KnownCause(Pattern line, String sentence, String remedy) {
    static KnownCause of(String line, String sentence, String remedy) {
        return new KnownCause(Pattern.compile(line), sentence, remedy);
    }

    boolean isToldBy(String text) {
        return line.matcher(text).find();
    }
}
