package io.jmigrate.migration.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.audit.AuditEvent.Deed;
import io.jmigrate.migration.audit.AuditEvent.Party;
import io.jmigrate.migration.audit.AuditEvent.Verdict;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
    private static final Party PARTY = new Party("10.0.0.1:4711", "f".repeat(64), "node-b");

    @TempDir
    private Path root;

    private static AuditEvent refused(String why) {
        return AuditEvent.of(Deed.OFFER, Verdict.REFUSED)
                .by(PARTY)
                .about(MigrationId.random(), "web")
                .because(List.of(why))
                .with(4711);
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        AuditLog log = AuditLog.of(root);
        List<AuditEvent> events = Stream.concat(
                        Stream.of(refused("line\nbreak \"and\" \u0007 more")),
                        Stream.of(Deed.values()).map(deed -> AuditEvent.of(deed, Verdict.NEVER_RAN)))
                .toList();
        events.forEach(log::require);

        assertThat(log.read()).isEqualTo(new AuditLog.Contents(events, 0));
        Path file = root.resolve("node/audit.jsonl");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllLines(file)).hasSize(events.size());
    }

    @Test
    void keepsSoManyBytesAndTheLatestOfThem() throws IOException {
        AuditLog log = new AuditLog(root, 2000);
        for (int i = 0; i < 200; i++) {
            log.require(refused("number " + i));
        }
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))
                            .mapToLong(file -> file.toFile().length()))
                    .hasSize(5)
                    .allMatch(bytes -> bytes < 3000);
        }
        assertThat(log.read().events().getLast().reasons()).containsExactly("number 199");
        assertThat(log.read().events())
                .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    }

    @Test
    void cutsWhatAPeerSaysAtLength() {
        AuditEvent event = AuditEvent.of(Deed.OFFER, Verdict.REFUSED)
                .about(MigrationId.random(), "x".repeat(1_000_000))
                .because(Stream.generate(() -> "y".repeat(100_000)).limit(1000).toList());
        assertThat(AuditText.json(event).toString()).hasSizeLessThan(20_000);
    }

    @Test
    void countsLinesThatWereTorn() throws IOException {
        AuditLog log = AuditLog.of(root);
        log.require(refused("a"));
        Files.writeString(root.resolve("node/audit.jsonl"), "{\"at\":\"20\n", StandardOpenOption.APPEND);
        log.require(refused("b"));
        assertThat(log.read().events()).hasSize(2);
        assertThat(log.read().unreadable()).isEqualTo(1);
    }

    @Test
    void saysSoWhereItCannotBeWritten() throws IOException {
        Files.createDirectories(root.resolve("node/audit.jsonl"));
        assertThatThrownBy(() -> AuditLog.of(root).require(refused("a")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.AUDIT));
        AuditLog.of(root).note(refused("b"));
    }
}
