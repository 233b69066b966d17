package io.jmigrate.migration.report;

import io.jmigrate.migration.MigrationId;

/** One thing that a migration has to say while it runs, in the order in which it happens. */
public sealed interface ProgressEvent {
    /**
     * The first event.
     *
     * @param migration its id, the same at both ends
     * @param container what moves
     * @param peer the destination's address
     */
    record Started(MigrationId migration, String container, String peer) implements ProgressEvent {}

    /** A phase begins. */
    record PhaseEntered(Phase phase) implements ProgressEvent {}

    /**
     * Nothing can be done yet.
     *
     * @param reason what is waited for, a sentence
     */
    record Waiting(String reason) implements ProgressEvent {}

    /**
     * More was sent.
     *
     * @param kind of what
     * @param bytes sent of this kind so far
     * @param expectedBytes how many there will be; an estimate, 0 if there is none
     */
    record Sent(Kind kind, long bytes, long expectedBytes) implements ProgressEvent {}

    /** The last event of a migration that succeeded. */
    record Finished(MigrationResult result) implements ProgressEvent {}

    /**
     * The last event of one that did not.
     *
     * @param place where the container is now
     * @param message why, in a sentence
     */
    record Ended(Place place, String message) implements ProgressEvent {}

    /** What travels. */
    enum Kind {
        MEMORY,
        IMAGES,
        ROOTFS
    }
}
