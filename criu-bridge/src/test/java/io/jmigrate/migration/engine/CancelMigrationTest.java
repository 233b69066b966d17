package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.JournalRecord;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Readiness;
import io.jmigrate.runtime.linux.Sockets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that migrates and one that wishes it would not say to each other. */
class CancelMigrationTest {
    private static final int OWNER_ONLY = 0600;
    private final CancelToken token = new CancelToken();
    private final MigrationId id = MigrationId.random();
    private final CountDownLatch given = new CountDownLatch(1);
    private Journals journals;
    private SourceRecord entry;

    /** The path of the root is longer than the address of a socket can be. */
    @BeforeEach
    void writeAJournal(@TempDir Path directory) {
        Instant now = Instant.now();
        journals = Journals.at(directory.resolve("r".repeat(120)));
        entry = new SourceRecord(
                id,
                "web",
                "b:7070",
                true,
                new ProcessRef(1, 1),
                Optional.empty(),
                new SourceState.PreCopy(1),
                now,
                now);
        journals.save(entry);
        token.onCancel(_ -> given.countDown());
    }

    private CancelRequests hearing() {
        return CancelRequests.open(journals, id, Side.SOURCE, token);
    }

    private CancelMigration cancel() {
        return new CancelMigration(journals, Patience.LIMIT);
    }

    private Failure refusal() {
        return catchThrowableOfType(Failure.class, () -> cancel().run(entry));
    }

    @Test
    void returnsWhenTheMigrationHasEnded() throws InterruptedException {
        CompletableFuture<JournalRecord> caller;
        SourceRecord ended = entry.in(new SourceState.Aborted(), Instant.now());
        try (CancelRequests _ = hearing()) {
            caller = CompletableFuture.supplyAsync(() -> cancel().run(entry));
            given.await();
            assertThat(caller).isNotDone();
            journals.save(ended);
        }
        assertThat(caller.join()).isEqualTo(ended);
        assertThat(new CancelSocket(journals, id, Side.SOURCE).path()).doesNotExist();
    }

    @Test
    void isRefusedAfterTheCommit() {
        token.seal();
        try (CancelRequests _ = hearing()) {
            Failure refusal = refusal();
            assertThat(refusal.code()).isEqualTo(MigrationCode.TOO_LATE);
            assertThat(refusal).hasMessageContaining("container \"web\"").hasMessageContaining("told to take over");
        }
    }

    @Test
    void isRefusedWhereNobodyMigrates() {
        assertThat(refusal().code()).isEqualTo(MigrationCode.NOT_UNDER_WAY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNotTooLateBecauseWhoWorkedOnItIsKilledBeforeItAnswers(boolean accepted) throws IOException {
        Fd listening = new CancelSocket(journals, id, Side.SOURCE).at(path -> Sockets.listen(path, OWNER_ONLY));
        CompletableFuture<Failure> caller = CompletableFuture.supplyAsync(this::refusal);
        try {
            assertThat(Readiness.readable(listening, Patience.LIMIT)).isTrue();
            if (accepted) {
                Sockets.accept(listening).close();
            }
        } finally {
            listening.close();
        }
        assertThat(caller.join().code()).isEqualTo(MigrationCode.NOT_UNDER_WAY);
        assertThat(caller.join()).hasMessageContaining("did not answer").hasMessageContaining("by its journal");
    }

    @Test
    void saysThatTheMigrationHasNotEndedIfWhoeverWorkedOnItIsGone() throws InterruptedException {
        CompletableFuture<Failure> caller;
        try (CancelRequests _ = hearing()) {
            caller = CompletableFuture.supplyAsync(this::refusal);
            given.await();
        }
        assertThat(caller.join().code()).isEqualTo(MigrationCode.LEFT_FROZEN);
    }
}
