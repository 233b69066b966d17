package io.jmigrate.migration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.GroupId;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.BytesMoved;
import io.jmigrate.migration.report.CopyRound;
import io.jmigrate.migration.report.FilesMoved;
import io.jmigrate.migration.report.MigrationReport;
import io.jmigrate.migration.report.SharedBytes;
import io.jmigrate.migration.report.Span;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.pages.track.TrackerKind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalsTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05.678901Z");

    @TempDir
    private Path root;

    private static SourceRecord source(SourceState state) {
        return new SourceRecord(
                MigrationId.random(),
                "web",
                "node-b:7000",
                false,
                new ProcessRef(17, 4711),
                Optional.of(new ProcessRef(19, 4713)),
                state,
                T0,
                T0);
    }

    private static DestinationRecord destination(DestinationState state) {
        return new DestinationRecord(
                MigrationId.random(),
                "web",
                "10.0.0.1:40000",
                new ProcessRef(18, 4712),
                Path.of("/storage/web"),
                Path.of("/dev/shm/images"),
                Path.of("/run/restore.log"),
                Optional.empty(),
                state,
                T0.plusSeconds(1),
                T0.plusSeconds(1));
    }

    @Test
    void readsBackEverySourceState() {
        Journals journals = Journals.at(root);
        List<SourceState> states = List.of(
                new SourceState.Preflight(),
                new SourceState.PreCopy(12),
                new SourceState.Frozen(),
                new SourceState.Restoring(),
                new SourceState.Held(),
                new SourceState.Committed(),
                new SourceState.Completed(),
                new SourceState.Aborted());
        assertThat(states).allSatisfy(state -> {
            SourceRecord entry = source(state);
            journals.save(entry);
            assertThat(journals.source(entry.id())).contains(entry);
        });
    }

    @Test
    void knowsAContainerByTheTimeWhenItWasMadeWhateverTheClockSays() {
        Journals journals = Journals.at(root);
        Instant made = T0.plusSeconds(3600); // the clock was put back before the migration began
        SourceRecord entry =
                source(new SourceState.Frozen()).by(MigrateMode.RESTART).madeAt(made);
        journals.save(entry.in(new SourceState.Held(), T0));

        SourceRecord read = journals.source(entry.id()).orElseThrow();

        assertThat(read.isOfOneMadeAt(made)).isTrue();
        assertThat(read.isOfOneMadeAt(T0.minusSeconds(1))).isFalse();
    }

    @Test
    void readsARecordOfAnOlderVersionThatSaysNotWhenItsContainerWasMade() throws IOException {
        Journals journals = Journals.at(root);
        SourceRecord entry = source(new SourceState.Frozen()).by(MigrateMode.RESTART);
        journals.save(entry);
        try (Stream<Path> files = Files.list(journals.directory())) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                String text = Files.readString(file);
                assertThat(text).contains(",\"created\":null");
                Files.writeString(file, text.replace(",\"created\":null", ""));
            }
        }

        SourceRecord read = journals.source(entry.id()).orElseThrow();

        assertThat(read).isEqualTo(entry);
        assertThat(read.isOfOneMadeAt(T0.minusNanos(1))).isTrue();
        assertThat(read.isOfOneMadeAt(T0.plusNanos(1))).isFalse();
    }

    @Test
    void readsBackEveryDestinationState() {
        Journals journals = Journals.at(root);
        List<DestinationState> states = List.of(
                new DestinationState.Accepted(),
                new DestinationState.Receiving(),
                new DestinationState.Restoring(),
                new DestinationState.Held(),
                new DestinationState.Going(),
                new DestinationState.Running(),
                new DestinationState.Completed(),
                new DestinationState.Lost(),
                new DestinationState.NeverRan());
        assertThat(states).allSatisfy(state -> {
            DestinationRecord entry = destination(state).holding(new ProcessRef(7, 8));
            journals.save(entry);
            assertThat(journals.destination(entry.id())).contains(entry);
        });
    }

    private static MigrationReport report() {
        return new MigrationReport(
                Optional.of(TrackerKind.UFFD),
                70,
                List.of(new Span(Step.PRE_COPY, 0, 40), new Span(Step.FREEZE, 40, 30)),
                List.of(new CopyRound(1, 10, 20, 8192, 4096)),
                new BytesMoved(4096, 4096, 5, new FilesMoved(6, 2, 1), new SharedBytes(3, 4)));
    }

    @Test
    void readsBackReports() {
        Journals journals = Journals.at(root);
        SourceRecord left = source(new SourceState.Completed()).reporting(report());
        DestinationRecord came = destination(new DestinationState.Completed()).reporting(report());
        journals.save(left);
        journals.save(came);
        assertThat(journals.list()).containsExactly(left, came);
    }

    /** Versions before this one wrote none. */
    @Test
    void readsRecordsWithoutReport() throws IOException {
        Journals journals = Journals.at(root);
        SourceRecord entry = source(new SourceState.Held());
        journals.save(entry);
        Path file = root.resolve("migrations").resolve(entry.id() + ".source.json");
        Files.writeString(file, Files.readString(file).replace(",\"report\":null", ""));
        assertThat(file).content().doesNotContain("report");
        assertThat(journals.source(entry.id())).contains(entry);
    }

    @Test
    void replacesARecordAsAWhole() {
        Journals journals = Journals.at(root);
        SourceRecord first = source(new SourceState.Held());
        journals.save(first);
        SourceRecord next = first.in(new SourceState.Committed(), T0.plusSeconds(9));
        journals.save(next);
        assertThat(journals.list()).containsExactly(next);
    }

    @Test
    void listsTheOldestFirst() {
        Journals journals = Journals.at(root);
        DestinationRecord later = destination(new DestinationState.Held());
        SourceRecord earlier = source(new SourceState.Frozen());
        journals.save(later);
        journals.save(earlier);
        assertThat(journals.list()).containsExactly(earlier, later);
    }

    @Test
    void letsOneAtATimeWorkOnASideOfAMigration() {
        Journals journals = Journals.at(root);
        MigrationId id = MigrationId.random();
        try (NameLock _ = journals.claim(id, Side.SOURCE).orElseThrow()) {
            assertThat(journals.claim(id, Side.SOURCE)).isEmpty();
            journals.claim(id, Side.DESTINATION).orElseThrow().close();
        }
        journals.claim(id, Side.SOURCE).orElseThrow().close();
        assertThat(journals.list()).isEmpty();
    }

    @Test
    void knowsNothingWithoutADirectory() {
        assertThat(Journals.at(root).list()).isEmpty();
        assertThat(Journals.at(root).source(MigrationId.random())).isEmpty();
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException {
        SourceRecord entry = source(new SourceState.Held());
        Journals.at(root).save(entry);
        Path file = root.resolve("migrations").resolve(entry.id() + ".source.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void takesAnEmptyFileForNoRecord() throws IOException {
        Journals journals = Journals.at(root);
        DestinationRecord entry = destination(new DestinationState.Held());
        journals.save(entry);
        Files.write(root.resolve("migrations").resolve(entry.id() + ".destination.json"), new byte[0]);

        assertThat(journals.destination(entry.id())).isEmpty();
        assertThat(journals.list()).isEmpty();
    }

    @Test
    void isBoundByWhatGivesTheContainerAwayOrEndsTheMigration() {
        assertThat(List.of(
                        source(SourceState.preflight()),
                        source(new SourceState.Frozen()),
                        source(new SourceState.Held()),
                        destination(new DestinationState.Receiving()),
                        destination(new DestinationState.Held())))
                .noneMatch(JournalRecord::binds);
        assertThat(List.of(
                        source(new SourceState.Held().committed()),
                        source(new SourceState.Aborted()),
                        source(new SourceState.Completed()),
                        destination(new DestinationState.Held().committed()),
                        destination(new DestinationState.Running()),
                        destination(new DestinationState.NeverRan())))
                .allMatch(JournalRecord::binds);
    }

    @Test
    void refusesATornRecordAtEveryLength() throws IOException {
        Journals journals = Journals.at(root);
        DestinationRecord entry = destination(new DestinationState.Held());
        journals.save(entry);
        Path file = root.resolve("migrations").resolve(entry.id() + ".destination.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 1; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> journals.destination(entry.id()))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.JOURNAL));
        }
    }

    @Test
    void refusesAStateThatItDoesNotKnow() throws IOException {
        Journals journals = Journals.at(root);
        SourceRecord entry = source(new SourceState.Held());
        journals.save(entry);
        Path file = root.resolve("migrations").resolve(entry.id() + ".source.json");
        Files.writeString(file, Files.readString(file).replace("\"held\"", "\"teleported\""));
        assertThatThrownBy(() -> journals.source(entry.id())).hasMessageContaining(file.toString());
    }

    @Test
    void tellsOfADamagedRecordBesideTheOthers() throws IOException {
        Journals journals = Journals.at(root);
        SourceRecord damaged = source(new SourceState.Held());
        SourceRecord whole = source(new SourceState.Frozen());
        journals.save(damaged);
        journals.save(whole);
        Path file = root.resolve("migrations").resolve(damaged.id() + ".source.json");
        Files.writeString(file, "{");
        Files.writeString(root.resolve("migrations").resolve("copy.source.json"), "{");

        JournalContents contents = journals.contents();
        assertThat(contents.records()).containsExactly(whole);
        assertThat(contents.unreadable()).singleElement().satisfies(journal -> {
            assertThat(journal.id()).isEqualTo(damaged.id());
            assertThat(journal.side()).isEqualTo(Side.SOURCE);
            assertThat(journal.sentence()).contains(file.toString());
        });
        assertThat(contents.unreadable(Side.DESTINATION)).isEmpty();
        assertThat(contents.unreadable(Optional.of(whole.id().value())))
                .as("it is known that it is none of that migration")
                .isEmpty();
        assertThat(contents.unreadable(Optional.of(GroupId.random().value()))).hasSize(1);
        assertThat(contents.openDepartures("web", whole.tree())).containsExactly(whole);
    }

    @Test
    void countsAMemberAsDamagedIfTheDecisionOfItsGroupIs() throws IOException {
        Journals journals = Journals.at(root);
        GroupId group = GroupId.random();
        SourceRecord member = source(new SourceState.Held()).in(Optional.of(group));
        journals.save(member);
        Files.writeString(root.resolve("migrations").resolve(group + ".group.json"), "{");

        assertThat(journals.list()).isEmpty();
        assertThat(journals.contents().unreadable()).singleElement().satisfies(journal -> assertThat(journal.sentence())
                .contains(group.value()));
    }
}
