package io.jmigrate.cli.report;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Renders a failure for people: the sentence, the quoted details, the remedy. */
public final class FailureReport {
    private static final int CAUSES_MAX = 8;

    private FailureReport() {}

    /** The lines for the caller's standard error, without line ends. */
    public static List<String> lines(Failure failure, boolean debug) {
        List<String> lines = new ArrayList<>();
        lines.add("jmigrate: " + failure.getMessage());
        failure.details().forEach(detail -> lines.add("    " + detail));
        Stream.of(failure.getSuppressed())
                .map(FailureReport::sentence)
                .filter(sentence -> !sentence.equals(failure.getMessage()))
                .forEach(sentence -> lines.add("  and while cleaning up: " + sentence));
        if (debug) {
            addCauses(failure, lines);
        }
        failure.remedy().or(() -> Remedies.of(failure.code())).ifPresent(remedy -> lines.add("  to do: " + remedy));
        return lines;
    }

    /** The sentence and its details in one string, as the log's {@code msg}. */
    public static String message(Failure failure) {
        List<String> parts = new ArrayList<>();
        parts.add(failure.getMessage());
        parts.addAll(failure.details());
        return String.join("\n", parts);
    }

    private static void addCauses(Failure failure, List<String> lines) {
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
            lines.add("  because: " + sentence(cause));
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            lines.add("    at " + frame);
        }
    }

    static String sentence(Throwable thrown) {
        if (thrown instanceof Failure failure) {
            return failure.getMessage();
        }
        if (thrown instanceof FileSystemException e && e.getFile() != null) {
            return e.getFile() + ": " + IoReason.of(e); // its message is the name alone for many
        }
        return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}
