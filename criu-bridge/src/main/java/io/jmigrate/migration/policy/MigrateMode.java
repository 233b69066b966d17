package io.jmigrate.migration.policy;

/** When memory goes, if it does. */
public enum MigrateMode {
    /** In rounds while the container runs at the source, and the last of it while it stands still. */
    PRE_COPY,
    /** When the container runs at the destination: what a program waits for first. */
    POST_COPY,
    /** In rounds while it runs at the source, and what is left when it runs at the destination. */
    HYBRID,
    /** All of it while the container stands still. */
    STOP_AND_COPY,
    /** Not at all: the container is ended at the source, and started anew at the destination. */
    RESTART;

    /** Whether it goes in rounds. */
    public boolean hasRounds() {
        return this == PRE_COPY || this == HYBRID;
    }

    /** Whether the container's programs begin anew at the destination. */
    public boolean startsAnew() {
        return this == RESTART;
    }

    /** Whether the container always runs at the destination before all of its memory is there. */
    public boolean memoryFollows() {
        return this == POST_COPY || this == HYBRID;
    }
}
