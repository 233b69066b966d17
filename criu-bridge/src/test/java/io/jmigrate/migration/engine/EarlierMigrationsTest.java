package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.FixedCost;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.linux.ProcessRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a migration learns from those before it. */
class EarlierMigrationsTest {
    private static final String PEER = "b:7070";
    private static final long MILLI = 1_000_000;

    private Journals journals;

    @BeforeEach
    void open(@TempDir Path root) {
        journals = Journals.at(root);
    }

    /** One in which each of these steps took so many milliseconds. */
    private static SourceRecord completed(String peer, long millis, Step... steps) {
        List<Span> spans = new ArrayList<>();
        for (Step step : steps) {
            spans.add(new Span(step, spans.size() * millis * MILLI, millis * MILLI));
        }
        Instant now = Instant.now();
        MigrationReport report = new MigrationReport(
                Optional.empty(),
                steps.length * millis * MILLI,
                spans,
                List.of(),
                new BytesMoved(0, 0, 0, FilesMoved.NONE, SharedBytes.NONE));
        return new SourceRecord(
                        MigrationId.random(),
                        "web",
                        peer,
                        true,
                        new ProcessRef(1, 1),
                        Optional.empty(),
                        new SourceState.Completed(),
                        now,
                        now)
                .reporting(report);
    }

    private FixedCost fixedCost() {
        return EarlierMigrations.fixedCost(journals, PEER);
    }

    @Test
    void theFixedCostIsTheDowntimeButForTheLastMemory() {
        journals.save(completed(PEER, 50, Step.PRE_COPY, Step.FREEZE, Step.DUMP, Step.LAST_MEMORY, Step.TRANSFER));

        assertThat(fixedCost()).isEqualTo(new FixedCost(150 * MILLI, 50 * MILLI, FixedCost.Origin.MEASURED));
    }

    @Test
    void theyTellNothingIfTheyHadAnotherPeerOrSlowedTheContainerOrComparedItsMemoryOrFailed() {
        journals.save(completed("c:7070", 50, Step.FREEZE, Step.DUMP));
        journals.save(completed(PEER, 50, Step.FREEZE, Step.DUMP, Step.TRANSFER, Step.VERIFY));
        journals.save(completed(PEER, 50, Step.FREEZE, Step.DUMP).slowed(new CpuQuota(Optional.empty(), 100_000)));
        journals.save(completed(PEER, 50, Step.FREEZE, Step.DUMP).in(new SourceState.Aborted(), Instant.now()));

        assertThat(fixedCost().origin()).isEqualTo(FixedCost.Origin.ASSUMED);
    }
}
