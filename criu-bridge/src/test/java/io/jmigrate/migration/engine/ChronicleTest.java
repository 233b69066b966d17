package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.ProgressEvent.Kind;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import org.junit.jupiter.api.Test;

class ChronicleTest {
    private final Chronicle chronicle = new Chronicle();

    private void begin(Step... steps) {
        for (Step step : steps) {
            chronicle.begin(step);
        }
    }

    @Test
    void stepsFollowEachOtherWithoutAGap() {
        begin(Step.PREFLIGHT, Step.PRE_COPY, Step.PRE_COPY, Step.PREPARE, Step.FREEZE, Step.DUMP, Step.DUMP);

        MigrationReport report = chronicle.report();

        assertThat(report.spans())
                .extracting(Span::step)
                .containsExactly(Step.PREFLIGHT, Step.PRE_COPY, Step.PREPARE, Step.FREEZE, Step.DUMP);
        long at = report.spans().getFirst().fromNanos();
        for (Span span : report.spans()) {
            assertThat(span.fromNanos()).isEqualTo(at);
            at += span.nanos();
        }
        assertThat(report.totalNanos()).isEqualTo(at);
    }

    @Test
    void theDowntimeIsTheSumOfTheStepsInWhichItStandsStill() {
        begin(Step.PRE_COPY);
        assertThat(chronicle.report().downtime()).isEmpty();
        begin(
                Step.FREEZE,
                Step.DUMP,
                Step.LAST_MEMORY,
                Step.TRANSFER,
                Step.VERIFY,
                Step.RESTORE,
                Step.RESUME,
                Step.CLEAN_UP);

        MigrationReport report = chronicle.report();

        assertThat(report.downtime().map(Downtime::totalNanos))
                .contains(report.spans().stream()
                        .filter(span -> span.step().standsStill())
                        .mapToLong(Span::nanos)
                        .sum());
        assertThat(report.spans().getFirst().step().standsStill()).isFalse();
        assertThat(report.spans().getLast().step().standsStill()).isFalse();
    }

    @Test
    void aFreezeThatIsTriedAgainCountsFromTheLastTry() {
        begin(Step.PRE_COPY, Step.FREEZE, Step.DUMP, Step.FREEZE);
        assertThat(chronicle.report().spans()).extracting(Span::step).containsExactly(Step.PRE_COPY, Step.FREEZE);
    }

    @Test
    void countsWhatWasSentAsTotalsAndWhatCameInPieces() {
        chronicle.sent(Kind.MEMORY, 10);
        chronicle.sent(Kind.MEMORY, 30);
        chronicle.received(Kind.IMAGES, 5);
        chronicle.received(Kind.IMAGES, 6);
        chronicle.files(new FilesMoved(1, 1, 1));
        chronicle.files(new FilesMoved(7, 2, 3));
        chronicle.zeros(4096);
        chronicle.zeros(4096);
        assertThat(chronicle.report().bytes())
                .isEqualTo(new BytesMoved(30, 8192, 11, new FilesMoved(7, 2, 3), SharedBytes.NONE));
    }
}
