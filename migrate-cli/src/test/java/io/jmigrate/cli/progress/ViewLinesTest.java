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

    @Test
    void hasARowForEachMigration() {
        assertThat(String.join("\n", ViewLines.of(ROWS, 140))).isEqualTo("""
                CONTAINER  PHASE      ROUND  SENT      WRITES      LINK        DOWNTIME  TO GO
                web        pre-copy   3      65 MiB    16 MiB/s    128 MiB/s   213 ms    4.3 s   slowed to 80 % of its processor time: it writes too fast
                database   pre-copy   -      0 B       -           -           -         -""");
    }

    @Property
    void isNeverAsWideAsTheWindow(@ForAll @IntRange(min = 1, max = 200) int columns) {
        assertThat(ViewLines.of(ROWS, columns)).hasSize(3).allMatch(line -> line.length() < columns);
    }
}
