package io.jmigrate.migration.journal;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.runtime.linux.ProcessRef;
import java.time.Instant;
import java.util.Optional;

/** What one side has written down about one migration. */
public sealed interface JournalRecord permits SourceRecord, DestinationRecord {
    MigrationId id();

    /** The container's id, the same on both sides. */
    String container();

    /** With whom it leaves or arrives, if not alone. */
    Optional<GroupId> group();

    /** @param name of a migration or of a group */
    default boolean isOf(String name) {
        return id().value().equals(name)
                || group().filter(together -> together.value().equals(name)).isPresent();
    }

    /** Who is at the other end: the address that was called, or the one that called. */
    String peer();

    /** The process that works on it; if it is dead, the migration is up for recovery. */
    ProcessRef owner();

    Instant startedAt();

    /** When this record was written. */
    Instant changedAt();

    /** {@code source} or {@code destination}. */
    String side();

    /** The state's name, lower case. */
    String stateName();

    /** Where the container is, in a sentence without its name: "it …". */
    String whereabouts();

    /** What this side has measured up to this record; records of older versions have none. */
    Optional<MigrationReport> report();

    /** Whether nothing more will happen. */
    boolean ended();

    /**
     * Whether a recovery goes another way by this record than by the one before it. Only such a record has to outlive a power failure:
     * one of the others that is lost leaves its predecessor, by which the same is done.
     */
    boolean binds();
}
