package io.jmigrate.migration.report;

import java.util.Locale;
import java.util.Optional;

/** The steps of a migration as they are timed, at either end, in their order. Their names are in journals: never change one. */
public enum Step {
    /** Both ends are looked at. */
    PREFLIGHT,
    /** Files and memory are copied while the container runs. */
    PRE_COPY,
    /** CRIU is started; the container still runs. */
    PREPARE,
    /** At the destination: what is sent arrives. */
    RECEIVE,
    /** The processes are stopped, one after the other. */
    FREEZE,
    /** In place of all that memory needs: the container is asked to end, and has ended. */
    STOP,
    /** CRIU writes down everything but memory. */
    DUMP,
    /** What was written to memory since the last round is sent. */
    LAST_MEMORY,
    /** Images, and what has changed in the root filesystem, are sent. */
    TRANSFER,
    /** What the source's memory holds is told, for the comparison that was asked for. */
    VERIFY,
    /** The destination builds the tree. */
    RESTORE,
    /** At the destination: the tree is held until the source commits. */
    HOLD,
    /** From the commit to the first instruction. */
    RESUME,
    /** Memory follows, while the container runs at the destination. */
    FOLLOW,
    /** At the destination: memory is put in place while the container runs. */
    FILL,
    /** What is left is removed. */
    CLEAN_UP;

    /** What it is called where a container is ended and not dumped; empty if there is no such step. */
    public Optional<Step> ofRestart() {
        return switch (this) {
            case FREEZE -> Optional.of(STOP);
            case DUMP, LAST_MEMORY, FILL -> Optional.empty();
            default -> Optional.of(this);
        };
    }

    /** As users read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the container stands still. */
    public boolean standsStill() {
        return compareTo(FREEZE) >= 0 && compareTo(RESUME) <= 0;
    }
}
