package io.jmigrate.migration.plan;

/**
 * One thing that was looked at before a migration.
 *
 * @param end which node it concerns
 * @param subject what was looked at, a word or two
 * @param problem why it forbids the migration, a sentence without its node; empty if it does not
 * @param remedy what to do about it; empty if there is nothing to say
 */
public record Check(End end, String subject, String problem, String remedy) {
    /** A node of a migration. */
    public enum End {
        SOURCE,
        DESTINATION;

        @Override
        public String toString() {
            return this == SOURCE ? "source" : "destination";
        }
    }

    public static Check passed(End end, String subject) {
        return new Check(end, subject, "", "");
    }

    public boolean passed() {
        return problem.isEmpty();
    }

    /** The problem with its node and remedy. */
    public String sentence() {
        return "at the " + end + ": " + problem + (remedy.isEmpty() ? "" : " (" + remedy + ")");
    }
}
