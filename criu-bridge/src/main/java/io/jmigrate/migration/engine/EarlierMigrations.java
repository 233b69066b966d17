package io.jmigrate.migration.engine;

import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.FixedCost;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import java.util.Optional;

/** What the journals tell of the migrations before. */
final class EarlierMigrations {
    private static final int RECENT = 5;

    /** More than that are pages that were not copied ahead, and are counted apart ({@link MemoryAhead#lockedBytes}). */
    private static final long IMAGES_BYTES_MAX = 64L << 20;

    private EarlierMigrations() {}

    /**
     * What of the downtime had nothing to do with memory, in the last migrations to a peer, but for those that slowed the container,
     * compared its memory, had it wait for others, or had much in CRIU's images. Journals that can't be read tell nothing.
     */
    static FixedCost fixedCost(Journals journals, String peer) {
        List<FixedCost> costs = measured(journals, peer);
        return FixedCost.of(costs.subList(Math.max(0, costs.size() - RECENT), costs.size()));
    }

    private static List<FixedCost> measured(Journals journals, String peer) {
        try {
            return journals.list().stream()
                    .filter(SourceRecord.class::isInstance)
                    .map(SourceRecord.class::cast)
                    .filter(entry -> entry.peer().equals(peer))
                    .filter(entry -> entry.state() instanceof SourceState.Completed)
                    .filter(entry -> entry.usual().isEmpty())
                    .filter(entry -> entry.group().isEmpty())
                    .map(SourceRecord::report)
                    .flatMap(Optional::stream)
                    .filter(report -> report.bytes().images() <= IMAGES_BYTES_MAX)
                    .flatMap(report -> cost(report).stream())
                    .toList();
        } catch (Failure e) {
            System.getLogger(EarlierMigrations.class.getName())
                    .log(System.Logger.Level.DEBUG, "nothing is known of earlier migrations", e);
            return List.of();
        }
    }

    private static Optional<FixedCost> cost(MigrationReport report) {
        return report.fixedNanos()
                .map(nanos ->
                        new FixedCost(nanos, report.downtime().orElseThrow().dumpNanos(), FixedCost.Origin.MEASURED));
    }
}
