package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.NameLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of one container one migration is under way. */
class DepartureTest {
    private static final ContainerId CONTAINER = ContainerId.of(FakeSource.CONTAINER);
    private static final Optional<ProcessRef> TREE = Optional.of(new ProcessRef(7, 7));
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path root;

    private final Trees trees = new Trees();
    private Journals journals;
    private RecoverDeparture recovery;
    private Departure departure;
    private final List<String> forgotten = new ArrayList<>();
    private Optional<Peer> peer = Optional.empty();

    @BeforeEach
    void prepare() {
        journals = Journals.at(root);
        recovery = new RecoverDeparture(journals, new ThisHost(), Duration.ofSeconds(1));
        departure = new Departure(journals, recovery);
    }

    private final class ThisHost implements SourceHost {
        @Override
        public Optional<SourceNode> copy(SourceRecord entry) {
            return Optional.of(new FakeSource(trees, Steps.undisturbed(), root));
        }

        @Override
        public Peer peer(SourceRecord entry) {
            return peer.orElseThrow(() -> new AssertionError("nobody has to be asked"));
        }

        @Override
        public void forgetKept(SourceRecord entry) {
            forgotten.add(entry.container());
        }

        @Override
        public void removeImages(MigrationId id) {
            // there are none
        }
    }

    private SourceRecord left(SourceState state, int secondsLater) {
        Instant began = BEGAN.plusSeconds(secondsLater);
        SourceRecord entry = new SourceRecord(
                MigrationId.random(),
                FakeSource.CONTAINER,
                "b:7070",
                true,
                new ProcessRef(1, 1),
                TREE,
                state,
                began,
                began);
        journals.save(entry);
        return entry;
    }

    /** Its user may have said that nothing of it is to be kept, and what it held when it left was not. */
    @Test
    void forgetsWhatIsKeptOfOneWhoseCopyItKills() {
        SourceRecord left = left(new SourceState.Held().committed(), 0);
        peer = Optional.of(new RunsThere());

        recovery.run(left);

        assertThat(forgotten).containsExactly(FakeSource.CONTAINER);
        assertThat(hasEnded(left)).isTrue();
    }

    @Test
    void forgetsNothingOfOneThatStays() {
        recovery.run(left(new SourceState.PreCopy(1), 0));

        assertThat(forgotten).isEmpty();
    }

    /** A destination that runs the container. */
    private static final class RunsThere implements Peer {
        @Override
        public DestinationAnswer ask(MigrationId id, String container) {
            return new DestinationAnswer.Runs(new DestinationState.Running());
        }

        @Override
        public Control control() {
            throw new AssertionError("it is only asked");
        }

        @Override
        public Data data(MigrationId id, String secret) {
            throw new AssertionError("it is only asked");
        }

        @Override
        public Data follow(MigrationId id, String secret) {
            throw new AssertionError("it is only asked");
        }

        @Override
        public double bandwidth() {
            throw new AssertionError("it is only asked");
        }

        @Override
        public void interrupt(Failure why) {
            // nobody waits for it
        }

        @Override
        public void close() {
            // there is no connection
        }
    }

    private boolean hasEnded(SourceRecord entry) {
        return journals.source(entry.id()).orElseThrow().ended();
    }

    private static void assertRefused(ThrowingCallable act, String why) {
        assertThatThrownBy(act).isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.details().getFirst())
                .contains(why));
    }

    @Test
    void endsWhatAKilledMigrationHasLeft() {
        SourceRecord killed = left(new SourceState.PreCopy(2), 0);

        try (NameLock _ = departure.begin(CONTAINER, TREE)) {
            assertThat(hasEnded(killed)).isTrue();
        }
    }

    @Test
    void doesNotBeginWhileAnotherOneIsUnderWay() {
        try (NameLock _ = departure.begin(CONTAINER, TREE)) {
            assertRefused(() -> departure.begin(CONTAINER, TREE), "it is being migrated already");
        }
        departure.begin(CONTAINER, TREE).close();
    }

    @Test
    void doesNotBeginWhileAJournalThatMayBeOfItCannotBeRead() throws IOException {
        Path damaged = journals.directory().resolve(MigrationId.random() + ".source.json");
        Files.createDirectories(journals.directory());
        Files.writeString(damaged, "{");

        assertRefused(() -> departure.begin(CONTAINER, TREE), damaged.toString());
        assertThat(journals.claimDeparture(CONTAINER)).as("nobody has it leave").isPresent();
    }

    @Test
    void doesNotBeginWhileOneIsInDoubt() {
        SourceRecord doubtful = left(new SourceState.Held().committed(), 0);

        assertRefused(() -> departure.begin(CONTAINER, TREE), "migration recover");
        assertThat(hasEnded(doubtful)).isFalse();
        assertThat(journals.claimDeparture(CONTAINER)).as("nobody has it leave").isPresent();
    }

    @Test
    void leavesThoseOfAnotherContainerOfThatNameAlone() {
        SourceRecord others = left(new SourceState.PreCopy(1), 0);

        departure.begin(CONTAINER, Optional.of(new ProcessRef(8, 8))).close();

        assertThat(hasEnded(others)).isFalse();
    }

    /** The first was killed while it copied ahead; the second may have given the container away. */
    @Test
    void theRecoveryOfAnEarlierOneDoesNotSetGoingWhatALaterOneHolds() {
        SourceRecord killed = left(new SourceState.PreCopy(2), 0);
        SourceRecord doubtful = left(new SourceState.Held().committed(), 60);
        trees.cgroupFreezes(true);

        recovery.run(killed);

        assertThat(trees.source().cgroupFrozen()).isTrue();
        assertThat(hasEnded(killed)).isTrue();
        assertThat(hasEnded(doubtful)).isFalse();
    }
}
