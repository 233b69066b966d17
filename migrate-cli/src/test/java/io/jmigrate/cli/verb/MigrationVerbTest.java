package io.jmigrate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationVerbTest {
    private static final Instant STARTED = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final ProcessRef DEAD = new ProcessRef(1, 1);

    private final MigrationId left = new MigrationId("0123456789abcdef0123456789abcdef");
    private final MigrationId arriving = new MigrationId("fedcba9876543210fedcba9876543210");

    @TempDir
    private Path directory;

    @BeforeEach
    void writeJournals() {
        Journals journals = Journals.at(directory);
        journals.save(new SourceRecord(
                left,
                "web",
                "10.0.0.2:7070",
                false,
                DEAD,
                Optional.of(DEAD),
                new SourceState.Committed(),
                STARTED,
                STARTED));
        journals.save(destination(left, DEAD, new DestinationState.Completed(), STARTED));
        ProcessRef alive = Processes.find((int) ProcessHandle.current().pid()).orElseThrow();
        journals.save(destination(arriving, alive, new DestinationState.Receiving(), STARTED.plusSeconds(1)));
    }

    private static DestinationRecord destination(
            MigrationId id, ProcessRef owner, DestinationState state, Instant started) {
        Path none = Path.of("/nowhere");
        return new DestinationRecord(
                id, "web", "10.0.0.1:4711", owner, none, none, none, Optional.empty(), state, started, started);
    }

    private Called called(String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "--root";
        all[1] = directory.toString();
        all[2] = "migration";
        System.arraycopy(words, 0, all, 3, words.length);
        return Called.in(directory, all);
    }

    @Test
    void listsTheJournalsOfBothSides() {
        assertThat(called("list").out()).isEqualTo("""
                        ID                                 CONTAINER   SIDE          STATE       STATUS      PEER            STARTED
                        0123456789abcdef0123456789abcdef   web         destination   completed   ended       10.0.0.1:4711   2026-01-02T03:04:05Z
                        0123456789abcdef0123456789abcdef   web         source        committed   open        10.0.0.2:7070   2026-01-02T03:04:05Z
                        fedcba9876543210fedcba9876543210   web         destination   receiving   under-way   10.0.0.1:4711   2026-01-02T03:04:06Z
                        """);
    }

    @Test
    void listsThoseBesideThatCannotBeRead() throws Exception {
        MigrationId damaged = new MigrationId("0".repeat(32));
        Path file = directory.resolve("migrations/" + damaged + ".source.json");
        Files.writeString(file, "{");

        Called list = called("list");
        assertThat(list.out())
                .contains("0123456789abcdef0123456789abcdef   web         source        committed")
                .containsPattern(damaged + " +- +source +- +unreadable");
        assertThat(list.err()).contains("the journal " + file + " cannot be read");
        JsonNode last = new ObjectMapper()
                .readTree(called("list", "--open", "--format", "json").out())
                .path(2);
        assertThat(last.path("status").asText()).isEqualTo("unreadable");
        assertThat(last.path("reason").asText()).contains(file.toString());
        assertThat(called("show", damaged.value()).err()).contains("the journal " + file + " cannot be read");
        assertThat(called("show", left.value()).status()).isZero();
    }

    @Test
    void listsOpenOnesAsJson() throws Exception {
        JsonNode entries = new ObjectMapper()
                .readTree(called("list", "--open", "--format", "json").out());

        assertThat(entries.findValuesAsText("migration")).containsExactly(left.value(), arriving.value());
        assertThat(entries.get(0).get("started").asText()).isEqualTo(STARTED.toString());
        assertThat(entries.get(0).get("owner_pid").isInt()).isTrue();
    }

    @Test
    void listsNothingWhereNothingWasMigrated() {
        assertThat(Called.in(directory, "--root", "elsewhere", "migration", "list", "-f", "json"))
                .isEqualTo(new Called(0, "[]\n", ""));
    }

    @Test
    void showsWhereTheContainerIs() {
        Called called = called("show", arriving.value());
        assertThat(called.status()).isZero();
        assertThat(called.out())
                .contains("migration   " + arriving + "\n")
                .contains("place       " + new DestinationState.Receiving().whereabouts() + "\n")
                .contains("status      under-way\n");
        assertThat(called("show", left.value()).out()).containsSubsequence("destination", "\n\n", "source");
    }

    @Test
    void showsWhatWasMeasured() throws Exception {
        SourceRecord entry = Journals.at(directory).source(left).orElseThrow();
        Journals.at(directory)
                .save(entry.reporting(new MigrationReport(
                        Optional.of(TrackerKind.UFFD),
                        70_000_000,
                        List.of(new Span(Step.PRE_COPY, 0, 40_000_000), new Span(Step.FREEZE, 40_000_000, 1_500_000)),
                        List.of(new CopyRound(1, 10_000_000, 20_000_000, 3 << 20, 1 << 20)),
                        new BytesMoved(
                                1 << 20,
                                2 << 20,
                                512,
                                new FilesMoved(2048, 2048, 3),
                                new SharedBytes(1 << 19, 4096),
                                Optional.of(new PagesMoved(512, 200, 100, 4096, 7, 5))))));

        assertThat(called("show", left.value()).out()).contains("""
                        total       70 ms
                        downtime    1.5 ms: freeze 1.5 ms, dump 0.0 ms, transfer 0.0 ms, restore 0.0 ms, resume 0.0 ms
                        tracker     uffd
                        round 1     3.0 MiB written, 1.0 MiB sent in 20 ms
                        steps       pre-copy 40 ms, freeze 1.5 ms
                        bytes       1.0 MiB: memory 1.0 MiB (and 2.0 MiB of zeros; shared by processes 512 KiB ahead, 4.0 KiB in the end), images 512 B, rootfs 4.0 KiB (2.0 KiB of blocks, 3 names removed)
                        pages       200 as they are, 100 compressed (400 KiB to 4.0 KiB), 7 known there, 5 kept there, 512 zero
                        """);
        JsonNode report = new ObjectMapper()
                .readTree(called("list", "--format", "json").out())
                .findValue("report");
        assertThat(report.path("total_ms").asDouble()).isEqualTo(70);
        assertThat(report.path("pages").path("zstd").asLong()).isEqualTo(100);
        assertThat(report.path("pages").path("compressed_bytes").asLong()).isEqualTo(4096);
        assertThat(report.path("downtime").path("freeze_ms").asDouble()).isEqualTo(1.5);
        assertThat(report.path("steps").findValuesAsText("step")).containsExactly("pre-copy", "freeze");
        assertThat(report.path("rounds").get(0).path("sent_bytes").asLong()).isEqualTo(1 << 20);
        assertThat(report.path("bytes").path("zeros").asLong()).isEqualTo(2 << 20);
        assertThat(report.path("bytes").path("shared_ahead").asLong()).isEqualTo(1 << 19);
        assertThat(report.path("bytes").path("shared_last").asLong()).isEqualTo(4096);
        assertThat(report.path("bytes").path("rootfs_blocks").asLong()).isEqualTo(2048);
        assertThat(report.path("bytes").path("rootfs_removed").asLong()).isEqualTo(3);
    }

    @Test
    void writesAPageOnce() throws Exception {
        Path page = directory.resolve("page.html");
        assertThat(called("show", "--html", page.toString(), left.value())).isEqualTo(new Called(0, "", ""));
        assertThat(page)
                .content()
                .startsWith("<!DOCTYPE html>\n")
                .containsSubsequence("Migration of web", "At the destination", "At the source");
        assertThat(called("show", "--html", "-", left.value()).out()).isEqualTo(Files.readString(page));
        Called again = called("show", "--html", page.toString(), left.value());
        assertThat(again.status()).isEqualTo(ExitCode.FAILED.status());
        assertThat(again.err()).contains(page + " exists: it is not overwritten");
    }

    @Test
    void refusesAMigrationThatIsNotKnown() {
        for (String verb : new String[] {"show", "recover"}) {
            Called unknown = called(verb, "0".repeat(32));
            assertThat(unknown.status()).isEqualTo(ExitCode.FAILED.status());
            assertThat(unknown.err()).startsWith("jmigrate: there is no journal of the migration 000000");
            Called malformed = called(verb, "web");
            assertThat(malformed.status()).isEqualTo(ExitCode.USAGE.status());
            assertThat(malformed.err()).contains("\"web\" is none: a migration's id has 32 hexadecimal digits");
        }
    }
}
