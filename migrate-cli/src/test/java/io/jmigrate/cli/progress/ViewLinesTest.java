package io.jmigrate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.report.Phase;
import io.jmigrate.migration.report.ProgressEvent;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewLinesTest {
    private static ViewRow row(String container, ProgressEvent... events) {
        ViewRow row = ViewRow.of("")
                .after(new ProgressEvent.Started(MigrationId.random(), container, "b:7070"))
                .after(new ProgressEvent.PhaseEntered(Phase.PRE_COPY));
        for (ProgressEvent event : events) {
            row = row.after(event);
        }
        return row;
    }

    private static final List<ViewRow> ROWS = List.of(
            row(
                    "web",
                    new ProgressEvent.Sent(ProgressEvent.Kind.ROOTFS, 1 << 20, 0),
                    new ProgressEvent.Sent(ProgressEvent.Kind.MEMORY, 32 << 20, 0),
                    new ProgressEvent.Sent(ProgressEvent.Kind.MEMORY, 64 << 20, 0),
                    new ProgressEvent.RoundEnded(
                            3,
                            64 << 20,
                            32 << 20,
                            500_000_000,
                            128 << 20,
                            8 << 20,
                            16 << 20,
                            212_500_000,
                            4_275_000_000L),
                    new ProgressEvent.Slowed("it writes too fast", 80)),
            row("database"));

    /** In a window of the usual width, too. */
    @ParameterizedTest
    @ValueSource(ints = {80, 140})
    void hasARowForEachMigration(int columns) {
        assertThat(String.join("\n", ViewLines.of(ROWS, columns))).isEqualTo("""
                CONTAINER  PHASE      ROUND  SENT      WRITES      LINK        DOWNTIME  TO GO
                web        pre-copy   3      65 MiB    16 MiB/s    128 MiB/s   213 ms    4.3 s
                  slowed to 80 % of its processor time: it writes too fast
                database   pre-copy   -      0 B       -           -           -         -""");
    }

    @Test
    void leavesRoomForMoreThanTheName() {
        List<String> lines = ViewLines.of(List.of(row("a".repeat(60))), 40);
        assertThat(lines.getLast()).startsWith("a".repeat(13) + "  pre-copy   -      0 B");
    }

    @Test
    void saysThatSomethingIsWaitedForOnlyUntilThereIsAnotherPhase() {
        ViewRow waiting = row("web", new ProgressEvent.Waiting("its memory arrives"));
        assertThat(ViewLines.of(List.of(waiting), 80)).last().isEqualTo("  waiting: its memory arrives");
        ViewRow further = waiting.after(new ProgressEvent.PhaseEntered(Phase.FROZEN));
        assertThat(ViewLines.of(List.of(further), 80)).hasSize(2);
        ViewRow slowed = row("web", new ProgressEvent.Slowed("it writes", 80));
        assertThat(ViewLines.of(List.of(slowed.after(new ProgressEvent.PhaseEntered(Phase.FROZEN))), 80))
                .hasSize(3);
    }

    @Property
    void isNeverAsWideAsTheWindow(@ForAll @IntRange(min = 1, max = 200) int columns) {
        assertThat(ViewLines.of(ROWS, columns)).hasSize(4).allMatch(line -> line.length() < columns);
    }
}
