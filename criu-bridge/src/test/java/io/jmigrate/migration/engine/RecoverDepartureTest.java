package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.plan.RecoverRequest;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a container that stays, by what its migration may have done to it. */
class RecoverDepartureTest {
    private static final Set<String> QUESTIONS = Set.of("alive", "isPaused", "hasEnded", "startsAnew");

    @TempDir
    private Path root;

    private final List<String> acts = new ArrayList<>();
    private boolean paused;

    private final SourceNode node = (SourceNode) Proxy.newProxyInstance(
            SourceNode.class.getClassLoader(),
            new Class<?>[] {SourceNode.class, LeavingContainer.class},
            (self, method, _) -> method.getName().equals("container") ? self : answer(method.getName()));

    private Object answer(String name) {
        if (!QUESTIONS.contains(name)) {
            acts.add(name);
            return null;
        }
        return name.equals("alive") || name.equals("isPaused") && paused;
    }

    private final SourceHost host = new SourceHost() {
        @Override
        public Optional<SourceNode> copy(SourceRecord entry) {
            return Optional.of(node);
        }

        @Override
        public Peer peer(SourceRecord entry) {
            throw new AssertionError("nobody is to be asked");
        }

        @Override
        public void forgetKept(SourceRecord entry) {}

        @Override
        public void removeImages(MigrationId id) {}
    };

    private RecoveryOutcome recover(SourceState state) {
        return new RecoverDeparture(Journals.at(root), host, Duration.ZERO).run(entry(state));
    }

    private static SourceRecord entry(SourceState state) {
        return new SourceRecord(
                MigrationId.random(),
                "web",
                "node-b:7000",
                true,
                ThisHost.process(),
                Optional.empty(),
                state,
                Instant.now(),
                Instant.now());
    }

    @Test
    void aJournalThatCannotBeReadKeepsNoOther() throws IOException {
        Journals journals = Journals.at(root);
        SourceRecord entry = entry(new SourceState.Frozen());
        journals.save(entry);
        MigrationId damaged = MigrationId.random();
        Path file = journals.directory().resolve(damaged + ".source.json");
        Files.writeString(file, "{");
        LocalRecovery recovery = new LocalRecovery(journals, host, null, Duration.ZERO);

        assertThat(recovery.run(new RecoverRequest(root, Optional.empty(), false)))
                .extracting(RecoveryOutcome::migration, RecoveryOutcome::settled, RecoveryOutcome::container)
                .containsExactly(tuple(entry.id(), true, "web"), tuple(damaged, false, RecoveryOutcome.UNKNOWN));
        assertThat(recovery.run(new RecoverRequest(root, Optional.of(damaged), false)))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.message()).contains(file.toString()));
        assertThat(recovery.run(new RecoverRequest(root, Optional.of(entry.id()), false)))
                .isEmpty();
    }

    @Test
    void doesNotThawWhatTheMigrationHadNotStopped() {
        paused = true;

        RecoveryOutcome outcome = recover(new SourceState.PreCopy(2));

        assertThat(acts).containsExactly("linkUp");
        assertThat(outcome.settled()).isTrue();
        assertThat(outcome.message()).isEqualTo("it is paused at the source");
    }

    @Test
    void thawsWhatItMayHaveStopped() {
        assertThat(recover(new SourceState.Frozen()).message()).isEqualTo("it runs at the source");

        assertThat(acts).containsExactly("thaw", "linkUp");
    }
}
