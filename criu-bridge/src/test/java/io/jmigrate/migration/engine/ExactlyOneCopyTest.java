package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.journal.SourceRecord;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promise of the handover, tried on the engines themselves: whatever dies, fails or breaks, at whatever step, two copies never
 * run; no copy runs only while one side can't be reached; and when both recoveries have run, exactly one does.
 */
class ExactlyOneCopyTest {
    /** More than either side takes in a migration that succeeds. */
    private static final int STEPS = 116;

    private static final int FRAMES = 54;
    private static final int DELAYS = 24;
    private static final int RECOVERY_STEPS = 20;
    private static final Duration PATIENCE = Duration.ofMillis(60);
    /** Most of the time is spent waiting for somebody who is dead. */
    private static final int AT_ONCE = 8;

    /** A reference of our own keeps its level. */
    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    static {
        ENGINE_LOG.setLevel(Level.OFF);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void movesWhenNothingGoesWrong(boolean following) throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE.following(following), Patience.LIMIT).run()) {
            assertThat(handover.source.failure()).isEmpty();
            assertThat(handover.source.result()).isPresent();
            assertThat(handover.trees.source().exists()).isFalse();
            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
            assertThat(handover.trees.ranTwice()).isFalse();
            assertThat(handover.sourceSteps.taken()).hasSizeLessThan(STEPS);
            assertThat(handover.destinationSteps.taken()).hasSizeLessThan(STEPS);
            assertThat(handover.frames()).isLessThan(FRAMES);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DEATH", "FAILURE", "ERROR", "FULL_DISK"})
    void endsWithOneCopyWhateverStepOfTheSourceGoesWrong(Fault fault) {
        forEach(STEPS, step -> Trouble.NONE.atSource(fault, step));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DEATH", "FAILURE", "ERROR", "FULL_DISK"})
    void endsWithOneCopyWhateverStepOfTheDestinationGoesWrong(Fault fault) {
        forEach(STEPS, step -> Trouble.NONE.atDestination(fault, step));
    }

    @Test
    void endsWithOneCopyWhenTheDestinationDiesWithItsCriu() {
        forEach(STEPS, step -> Trouble.NONE.atDestination(Fault.DEATH, step).takingCriuAlong());
    }

    @Test
    void endsWithOneCopyWhenTheLinkIsCutAfterEachFrame() {
        forEach(FRAMES, Trouble.NONE::linkBreaksAfter);
    }

    @Test
    void endsWithOneCopyWhenTheLinkFallsSilentAfterEachFrame() {
        forEach(FRAMES, Trouble.NONE.unnoticed()::linkBreaksAfter);
    }

    @Test
    void endsWithOneCopyWhenAnyFrameIsDamaged() {
        concurrently(FRAMES, frame -> {
            endsWithOneCopy(new Handover(Trouble.NONE, PATIENCE).damagedAfter(frame), frame % 2 == 0);
            return null;
        });
    }

    @Test
    void movesThoughConnectionsOvertakeEachOther() {
        concurrently(DELAYS, seed -> {
            try (Handover handover =
                    new Handover(Trouble.NONE, Patience.LIMIT).delayed(seed).run()) {
                assertThat(handover.source.failure()).as("seed %d", seed).isEmpty();
                oneCopyRuns(handover);
            }
            return null;
        });
    }

    @Test
    void endsWithOneCopyWhenConnectionsOvertakeEachOtherUntilTheLinkIsCut() {
        concurrently(FRAMES, frame -> {
            Handover handover = new Handover(Trouble.NONE.linkBreaksAfter(frame), PATIENCE).delayed(frame);
            endsWithOneCopy(handover, frame % 2 == 0);
            return null;
        });
    }

    @Property(tries = 15, edgeCases = EdgeCasesMode.NONE)
    void endsWithOneCopyWhateverGoesWrong(@ForAll("troubles") List<Trouble> troubles) {
        concurrently(troubles.size(), number -> {
            endsWithOneCopy(new Handover(troubles.get(number), PATIENCE), number % 2 == 0);
            return null;
        });
    }

    @Provide
    Arbitrary<List<Trouble>> troubles() {
        Arbitrary<Fault> faults = Arbitraries.of(Fault.class);
        Arbitrary<Integer> steps = Arbitraries.integers().between(0, STEPS);
        Arbitrary<Integer> frames = Arbitraries.integers().between(0, 2 * FRAMES);
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        return Combinators.combine(faults, steps, faults, steps, frames, yesOrNo, yesOrNo, yesOrNo)
                .as(Trouble::new)
                .list()
                .ofSize(24);
    }

    /** Both sides die where it matters: from the restore on. Then a recovery dies at each of its steps, and another follows. */
    @ParameterizedTest
    @CsvSource({"source, true", "source, false", "destination, true", "destination, false"})
    void endsWithOneCopyWhenARecoveryDiesToo(String side, boolean withCriu) {
        Trouble base = withCriu ? Trouble.NONE.takingCriuAlong() : Trouble.NONE;
        for (String last : List.of("restore: held", "sent Held", "received Go", "restore: CRIU has the answer")) {
            int death = step(last);
            concurrently(RECOVERY_STEPS, recoveryStep -> {
                try (Handover handover = new Handover(base.atDestination(Fault.DEATH, death), PATIENCE).run()) {
                    handover.repair();
                    handover.recoverAndDie(side, recoveryStep);
                    handover.recoverSource();
                    handover.recoverDestination();
                    oneCopyRuns(handover);
                }
                return null;
            });
        }
    }

    private static int step(String ofDestination) {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT).run()) {
            return handover.destinationSteps.taken().indexOf(ofDestination);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** With memory that follows, and without. */
    private static void forEach(int count, IntFunction<Trouble> trouble) {
        concurrently(2 * count, number -> {
            int step = number / 2;
            Trouble each = trouble.apply(step).following(number % 2 == 0);
            endsWithOneCopy(new Handover(each, PATIENCE), step % 2 == 0);
            return null;
        });
    }

    interface Scenario {
        Void run(int step) throws Exception;
    }

    static void concurrently(int count, Scenario scenario) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Void>> all = IntStream.range(0, count)
                    .mapToObj(step -> threads.submit(() -> scenario.run(step)))
                    .toList();
            for (Future<Void> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void endsWithOneCopy(Handover made, boolean sourceFirst) {
        try (Handover handover = made.run()) {
            tellsTheTruth(handover);
            staysSafeWhileTheDestinationIsUnreachable(handover);
            handover.repair();
            recover(handover, sourceFirst);
            oneCopyRuns(handover);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static void recover(Handover handover, boolean sourceFirst) {
        if (sourceFirst) {
            handover.recoverSource();
            handover.recoverDestination();
        } else {
            handover.recoverDestination();
            handover.recoverSource();
        }
    }

    /** What the command says of the place is so. */
    private static void tellsTheTruth(Handover handover) {
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        handover.source.result().ifPresent(_ -> {
            assertThat(trees.runsAtDestination()).as("%s", handover).isTrue();
            assertThat(trees.source().exists()).as("%s", handover).isFalse();
        });
        handover.source.failure().ifPresent(failure -> {
            String said = failure.getMessage();
            boolean so = said.contains("it runs at the source")
                            || said.contains("it is at the source as before")
                            || said.contains("it was started again at the source")
                    ? trees.source().runs() && trees.source().linkUp()
                    : said.contains("it runs at the destination") || said.contains("it waits at the destination")
                            ? trees.runsAtDestination()
                            : said.contains("it is frozen at the source")
                                    || said.contains("stopped at the source")
                                    || said.contains("could not be set going");
            assertThat(so).as("%s\n says: %s", handover, said).isTrue();
        });
    }

    /** A source that has committed waits, frozen, and says so; every other case is settled without the destination. */
    private static void staysSafeWhileTheDestinationIsUnreachable(Handover handover) {
        SourceState before = handover.source.record().map(SourceRecord::state).orElseGet(SourceState::preflight);
        List<RecoveryOutcome> outcomes = handover.recoverSourceAlone();
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        switch (before) {
            case SourceState.Divided _ -> {
                assertThat(outcomes).as("%s", handover).singleElement().matches(outcome -> !outcome.settled());
                assertThat(trees.source().runs()).as("%s", handover).isFalse();
            }
            case SourceState.Committed _ -> {
                assertThat(outcomes).as("%s", handover).singleElement().matches(outcome -> !outcome.settled());
                boolean givenBack = handover.destinationRecord()
                        .map(entry -> entry.state() instanceof DestinationState.NeverRan)
                        .orElse(false);
                assertThat(trees.source().runs() && !givenBack)
                        .as("%s", handover)
                        .isFalse();
            }
            case SourceState.Completed _ ->
                assertThat(trees.runsAtDestination()).as("%s", handover).isTrue();
            default -> assertThat(trees.source().runs()).as("%s", handover).isTrue();
        }
    }

    static void oneCopyRuns(Handover handover) {
        Trees trees = handover.trees;
        assertThat(trees.ranTwice()).as("%s", handover).isFalse();
        boolean source = trees.source().runs() && trees.source().linkUp();
        boolean destination = trees.destination() == Destination.RUNS;
        assertThat(source ^ destination).as("%s", handover).isTrue();
        assertThat(trees.lostMemory()).as("%s", handover).isFalse();
        assertThat(trees.source().exists()).as("%s", handover).isEqualTo(source);
        assertThat(handover.source.record().stream()).as("%s", handover).allMatch(SourceRecord::ended);
        assertThat(handover.recoverSource()).as("%s", handover).isEmpty();
    }
}
