package io.jmigrate.migration.report;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.pages.track.TrackerKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A migration that succeeded.
 *
 * @param migration its id
 * @param container what moved
 * @param peer where it is now
 * @param totalNanos from the request to the end
 * @param downtime the part of it during which nothing ran
 * @param bytes what crossed the network
 * @param comparedPages pages of memory that were found the same at both ends; empty if that was not asked for
 * @param tracker how changes of memory were found
 * @param faults how long programs waited for memory that followed, if it did
 */
public record MigrationResult(
        MigrationId migration,
        String container,
        String peer,
        long totalNanos,
        Downtime downtime,
        BytesMoved bytes,
        OptionalLong comparedPages,
        Optional<TrackerKind> tracker,
        Optional<FaultLatency> faults) {
    /** By the report of its source. */
    public static MigrationResult of(
            MigrationId migration, String container, String peer, MigrationReport report, OptionalLong comparedPages) {
        return new MigrationResult(
                migration,
                container,
                peer,
                report.totalNanos(),
                report.downtime().orElseThrow(),
                report.bytes(),
                comparedPages,
                report.tracker(),
                report.faults());
    }
}
