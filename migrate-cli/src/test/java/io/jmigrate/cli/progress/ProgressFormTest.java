package io.jmigrate.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.Downtime;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.Phase;
import io.jmigrate.migration.report.Place;
import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.pages.track.TrackerKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a person, a file and a program see of the same migration. */
class ProgressFormTest {
    private static final MigrationId ID = new MigrationId("0f5d3ab1c2e94f0fae4c0b6a7f0d1e2c");
    private static final String RESULT = "web runs at b:7070: total 2000 ms, downtime 100 ms, 3.0 MiB sent\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private void migrate(ProgressForm form, boolean terminal) {
        migrate(form, terminal, Optional.empty());
    }

    private void migrate(ProgressForm form, boolean terminal, Optional<FaultLatency> waits) {
        ProgressListener listener = form.on(screen(terminal), false).next();
        listener.happened(new ProgressEvent.Started(ID, "web", "b:7070"));
        listener.happened(new ProgressEvent.PhaseEntered(Phase.PRE_COPY));
        listener.happened(new ProgressEvent.Sent(ProgressEvent.Kind.MEMORY, 5 << 20, 10 << 20));
        listener.happened(new ProgressEvent.PhaseEntered(Phase.FROZEN));
        listener.happened(new ProgressEvent.Finished(new MigrationResult(
                ID,
                "web",
                "b:7070",
                2_000_000_000L,
                new Downtime(25_000_000, 15_000_000, 30_000_000, 20_000_000, 10_000_000),
                new BytesMoved(1 << 20, 5 << 20, 1 << 20, new FilesMoved(1 << 20, 0, 0), SharedBytes.NONE),
                OptionalLong.empty(),
                Optional.of(TrackerKind.UFFD),
                waits)));
    }

    private Screen screen(boolean terminal) {
        return new Screen(printing(out), printing(err), terminal ? Optional.of(() -> 100) : Optional.empty(), false);
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void drawsARowOnATerminalAndTakesItAway() {
        migrate(ProgressForm.AUTO, true);
        assertThat(text(err))
                .contains("CONTAINER  PHASE      ROUND  SENT      WRITES      LINK        DOWNTIME  TO GO\n"
                        + "web        pre-copy   -      0 B       -           -           -         -\n")
                .contains("\033[2A\r\033[J")
                .contains("web        frozen")
                .endsWith("\033[2A\r\033[J");
        assertThat(text(out)).isEqualTo(RESULT);
    }

    @Test
    void printsPlainLinesElsewhere() {
        migrate(ProgressForm.AUTO, false);
        assertThat(text(err))
                .isEqualTo("migrating web to b:7070\n  copying while it runs\n  frozen, sending the rest\n");
        assertThat(text(out)).isEqualTo(RESULT);
    }

    @Test
    void tellsHowLongProgramsWaitedForMemoryThatFollowed() {
        FaultLatency waits = new FaultLatency(12, 2_000_000, 9_000_000, 31_000_000);
        migrate(ProgressForm.AUTO, false, Optional.of(waits));
        assertThat(text(out))
                .isEqualTo(
                        RESULT.strip()
                                + "; waits: 12 for memory that followed: half 2.0 ms at most, 99 % 9.0 ms, the longest 31 ms\n");
        out.reset();
        migrate(ProgressForm.JSON, false, Optional.of(waits));
        assertThat(text(out)).contains("\"faults\":{\"count\":12,\"median_ms\":2.0,\"p99_ms\":9.0,\"max_ms\":31.0}");
    }

    private static final ProgressEvent ROUND = new ProgressEvent.RoundEnded(
            2, 64 << 20, 32 << 20, 500_000_000, 128 << 20, 8 << 20, 16 << 20, 212_500_000, 275_000_000);

    @Test
    void printsALineForEachRound() {
        ProgressForm.AUTO.on(screen(false), false).next().happened(ROUND);
        assertThat(text(err))
                .isEqualTo(
                        "    round 2: 64.0 MiB in 500 ms (128 MiB/s); dirty again 8.0 MiB (16.0 MiB/s); frozen now it would"
                                + " stand still for 213 ms; 0.3 s to go\n");
    }

    @Test
    void namesTheContainerInEachLineIfSeveralMigrateAtOnce() {
        ProgressListener listener = ProgressForm.AUTO.on(screen(false), true).next();
        listener.happened(new ProgressEvent.Started(ID, "web", "b:7070"));
        listener.happened(new ProgressEvent.PhaseEntered(Phase.FROZEN));
        listener.happened(ROUND);
        assertThat(text(err)).contains("\n  web: frozen, sending the rest\n    web: round 2: 64.0 MiB in");
    }

    @Test
    void tellsAProgramOfEachRoundAndOfStalls() {
        ProgressListener listener = ProgressForm.JSON.on(screen(false), false).next();
        listener.happened(ROUND);
        listener.happened(new ProgressEvent.Slowed("it writes", 80));
        listener.happened(new ProgressEvent.Stalled("it writes"));
        listener.happened(new ProgressEvent.Follows("it writes"));
        assertThat(text(out).lines())
                .containsExactly(
                        "{\"event\":\"round\",\"number\":2,\"written_bytes\":67108864,\"sent_bytes\":33554432,"
                                + "\"duration_ms\":500.0,\"bandwidth\":134217728,\"dirty_bytes\":8388608,"
                                + "\"dirty_rate\":16777216,\"predicted_downtime_ms\":212.5,\"remaining_ms\":275.0}",
                        "{\"event\":\"slowed\",\"reason\":\"it writes\",\"cpu_percent\":80}",
                        "{\"event\":\"stalled\",\"reason\":\"it writes\"}",
                        "{\"event\":\"follows\",\"reason\":\"it writes\"}");
    }

    /** With memory that follows it stands still for as long as any other, and no longer. */
    @Test
    void tellsAPersonWhetherItWillStandStillForLongerOrItsMemoryFollows() {
        ProgressListener listener = ProgressForm.AUTO.on(screen(false), false).next();
        listener.happened(new ProgressEvent.Stalled("it writes"));
        listener.happened(new ProgressEvent.Follows("it writes"));
        assertThat(text(err))
                .isEqualTo("    it writes: it will stand still for longer than asked for\n"
                        + "    it writes: what is left of its memory follows it\n");
    }

    @Test
    void printsTheResultAloneWhenAskedTo() {
        migrate(ProgressForm.NONE, true);
        assertThat(text(err)).isEmpty();
        assertThat(text(out)).isEqualTo(RESULT);
    }

    @Test
    void printsJsonForProgramsAlsoOnATerminal() throws IOException {
        migrate(ProgressForm.JSON, true);
        List<String> events = new ArrayList<>();
        for (String line : text(out).lines().toList()) {
            events.add(new ObjectMapper().readTree(line).get("event").asText());
        }
        assertThat(events).containsExactly("started", "phase", "sent", "phase", "finished");
        assertThat(text(out)).contains("\"tracker\":\"uffd\"");
        assertThat(text(err)).isEmpty();
        JsonNode result = new ObjectMapper().readTree(text(out).lines().toList().getLast());
        assertThat(result.get("downtime_ms").asDouble()).isEqualTo(100);
        assertThat(result.get("bytes").asLong()).isEqualTo(3 << 20);
    }

    @Test
    void saysWhatIsWaitedFor() {
        ProgressEvent waiting = new ProgressEvent.Waiting("its memory arrives");
        ProgressForm.JSON.on(screen(false), false).next().happened(waiting);
        ProgressForm.AUTO.on(screen(false), false).next().happened(waiting);
        assertThat(text(out)).isEqualTo("{\"event\":\"waiting\",\"reason\":\"its memory arrives\"}\n");
        assertThat(text(err)).isEqualTo("  waiting: its memory arrives\n");
    }

    @Test
    void tellsAProgramWhereTheContainerOfAFailedMigrationIs() {
        ProgressForm.JSON
                .on(screen(false), false)
                .next()
                .happened(new ProgressEvent.Ended(Place.SOURCE_FROZEN, "no room"));
        assertThat(text(out)).isEqualTo("{\"event\":\"failed\",\"place\":\"source-frozen\",\"message\":\"no room\"}\n");
    }
}
