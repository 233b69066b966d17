package io.jmigrate.cli.report;

import io.jmigrate.cli.option.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The file of {@code --log}. podman, containerd and CRI-O read the last error from it, so its two forms are runc's (logrus):
 * logfmt and {@code {"level":"error","msg":…,"time":…}}.
 *
 * @param file the log file, absolute
 * @param format how lines are written
 */
public record RuntimeLog(Path file, LogFormat format) {
    /** How bad a line's matter is. */
    public enum Level {
        DEBUG,
        WARNING,
        ERROR;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Appends one line. */
    public void append(Level level, String message) throws IOException {
        String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String line =
                switch (format) {
                    case JSON ->
                        "{\"level\":\"" + level.word() + "\",\"msg\":" + quoted(message) + ",\"time\":\"" + time
                                + "\"}";
                    case TEXT -> "time=\"" + time + "\" level=" + level.word() + " msg=" + quoted(message);
                };
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c);
        };
    }
}
