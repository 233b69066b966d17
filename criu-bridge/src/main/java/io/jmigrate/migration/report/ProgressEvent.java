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

    /**
     * Memory was copied once more while the container runs.
     *
     * @param number of the round, from 1
     * @param writtenBytes what it was about: everything, or what was written since the round before
     * @param sentBytes what of it crossed the network
     * @param nanos how long it took
     * @param bandwidth bytes of pages a second that arrive; where they are compressed more than cross the network
     * @param dirtyBytes what is to be sent now, counted or at most
     * @param dirtyRate bytes a second that the container writes
     * @param downtimeNanos how long nothing would run if it were frozen now
     * @param remainingNanos how long the migration will take yet
     */
    record RoundEnded(
            int number,
            long writtenBytes,
            long sentBytes,
            long nanos,
            long bandwidth,
            long dirtyBytes,
            long dirtyRate,
            long downtimeNanos,
            long remainingNanos)
            implements ProgressEvent {}

    /**
     * The downtime will be longer than asked for.
     *
     * @param reason why, in a sentence
     */
    record Stalled(String reason) implements ProgressEvent {}

    /**
     * The downtime would be longer than asked for: the container is frozen now, and what is left of its memory follows it.
     *
     * @param reason why, in a sentence
     */
    record Follows(String reason) implements ProgressEvent {}

    /**
     * The container was slowed, so that it won't.
     *
     * @param reason why, in a sentence
     * @param percent what it has now of the processor time that it used
     */
    record Slowed(String reason, int percent) implements ProgressEvent {}

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
