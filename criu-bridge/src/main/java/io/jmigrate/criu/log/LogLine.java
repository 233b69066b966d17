package io.jmigrate.criu.log;

import java.nio.file.Path;
import java.util.Optional;

/** The line among a failure's details that says where CRIU's log is. */
public final class LogLine {
    private static final String BEGIN = "CRIU's log is ";

    private LogLine() {}

    /** The line about a log. */
    public static String of(Path log) {
        return BEGIN + log;
    }

    /** The log that a line is about; empty if it is about something else. */
    public static Optional<Path> log(String line) {
        return line.startsWith(BEGIN) ? Optional.of(Path.of(line.substring(BEGIN.length()))) : Optional.empty();
    }
}
