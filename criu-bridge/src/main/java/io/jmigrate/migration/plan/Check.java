package io.jmigrate.migration.plan;

import io.jmigrate.runtime.json.Printable;
import java.util.Objects;

/**
 * One thing that was looked at before a migration.
 *
 * @param end which node it concerns
 * @param subject what was looked at, a word or two
 * @param result what it means for the migration
 * @param finding what was found, a sentence without its node
 * @param remedy what to do about it; empty if it was passed
 */
public record Check(End end, String subject, Result result, String finding, String remedy) {
    private static final int CHARS_MAX = 2_000;

    /** A node of a migration. */
    public enum End {
        SOURCE,
        DESTINATION;

        @Override
        public String toString() {
            return this == SOURCE ? "source" : "destination";
        }
    }

    /** What a finding means. */
    public enum Result {
        /** As it should be. */
        PASSED,
        /** The migration is possible, with a limit. */
        NOTE,
        /** It is not. */
        BLOCKER
    }

    public Check {
        Objects.requireNonNull(end);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(finding);
        if (remedy.isEmpty() != (result == Result.PASSED)) {
            throw new IllegalArgumentException("a remedy is for what was not passed: " + finding);
        }
    }

    public static Check passed(End end, String subject, String finding) {
        return new Check(end, subject, Result.PASSED, finding, "");
    }

    public static Check note(End end, String subject, String finding, String remedy) {
        return new Check(end, subject, Result.NOTE, finding, remedy);
    }

    public static Check blocker(End end, String subject, String finding, String remedy) {
        return new Check(end, subject, Result.BLOCKER, finding, remedy);
    }

    /** As it may be shown if a peer has said it: on a line, of bounded length. */
    public Check printable() {
        return new Check(end, shown(subject), result, shown(finding), shown(remedy));
    }

    private static String shown(String text) {
        return Printable.beginning(text, CHARS_MAX);
    }

    /** Whether it is a blocker. */
    public boolean forbids() {
        return result == Result.BLOCKER;
    }

    /** The finding with its node and remedy. */
    public String sentence() {
        return "at the " + end + ": " + finding + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
