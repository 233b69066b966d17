package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.report.Step;
import io.jmigrate.migration.state.DestinationState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
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

/** The promise of {@link ExactlyOneCopyTest}, of a container that is ended at the source and started anew. */
class OneCopyStartedAnewTest {
    private static final int STEPS = 70;
    private static final int FRAMES = 30;
    private static final int RECOVERY_STEPS = 16;

    /** Nothing but the death is to keep the destination from its steps on a slow machine; the source waits as long for it in vain. */
    private static final Duration UNHURRIED = Duration.ofSeconds(2);

    private static Handover handover(Trouble trouble, Duration patience) throws IOException {
        return new Handover(trouble, patience, MigrateMode.RESTART);
    }

    @Test
    void startsAnewWhenNothingGoesWrong() throws IOException, InterruptedException {
        try (Handover handover = handover(Trouble.NONE, Patience.LIMIT).run()) {
            assertThat(handover.source.failure()).isEmpty();
            assertThat(handover.trees.source().exists()).isFalse();
            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
            assertThat(handover.trees.ranTwice()).isFalse();
            assertThat(handover.sourceSteps.taken())
                    .containsSubsequence("stop: done", "tell of PhaseEntered[phase=MAKING]", "delete the container")
                    .hasSizeLessThan(STEPS);
            assertThat(handover.destinationSteps.taken())
                    .containsSubsequence("make", "sent Held", "received Go", "start: done")
                    .hasSizeLessThan(STEPS);
            assertThat(handover.frames()).isLessThan(FRAMES);
            assertThat(handover.source.result().orElseThrow().downtime().stopNanos())
                    .isPositive();
            assertThat(handover.source
                            .record()
                            .orElseThrow()
                            .report()
                            .orElseThrow()
                            .spans())
                    .extracting(span -> span.step())
                    .contains(Step.STOP, Step.TRANSFER, Step.RESUME)
                    .doesNotContain(Step.FREEZE, Step.DUMP, Step.LAST_MEMORY);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DEATH", "FAILURE", "FULL_DISK", "CANCEL"})
    void endsWithOneCopyWhateverStepOfTheSourceGoesWrong(Fault fault) {
        forEach(STEPS, step -> Trouble.NONE.atSource(fault, step));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"DEATH", "FAILURE", "FULL_DISK"})
    void endsWithOneCopyWhateverStepOfTheDestinationGoesWrong(Fault fault) {
        forEach(STEPS, step -> Trouble.NONE.atDestination(fault, step));
    }

    @Test
    void endsWithOneCopyWhenTheLinkIsCutAfterEachFrame() {
        forEach(FRAMES, Trouble.NONE::linkBreaksAfter);
        forEach(FRAMES, Trouble.NONE.unnoticed()::linkBreaksAfter);
    }

    @Property(tries = 8, edgeCases = EdgeCasesMode.NONE)
    void endsWithOneCopyWhateverGoesWrong(@ForAll("troubles") List<Trouble> troubles) {
        forEach(troubles.size(), troubles::get);
    }

    @Provide
    Arbitrary<List<Trouble>> troubles() {
        Arbitrary<Fault> faults = Arbitraries.of(Fault.class);
        Arbitrary<Integer> steps = Arbitraries.integers().between(0, STEPS);
        Arbitrary<Integer> frames = Arbitraries.integers().between(0, 2 * FRAMES);
        Arbitrary<Boolean> yesOrNo = Arbitraries.of(true, false);
        return Combinators.combine(faults, steps, faults, steps, frames, yesOrNo)
                .as((source, at, destination, there, frame, silently) ->
                        new Trouble(source, at, destination, there, frame, silently, false, false))
                .list()
                .ofSize(24);
    }

    @ParameterizedTest
    @CsvSource({"source", "destination"})
    void endsWithOneCopyWhenARecoveryDiesToo(String side) {
        for (String last : List.of("make", "sent Held", "received Go", "start", "start: done")) {
            Handovers.concurrently(RECOVERY_STEPS, recoveryStep -> {
                Handovers.endsWithOneCopyThoughARecoveryDies(
                        handover(Trouble.NONE, Handovers.PATIENCE).diesAtDestination(last), side, recoveryStep);
                return null;
            });
        }
    }

    /** Whoever deletes it there, or starts its host anew, before the journal says that it ran, has it started again here only by saying so. */
    @ParameterizedTest
    @CsvSource({"start", "start: done"})
    void isNotStartedTwiceThoughNobodySawItRun(String lastStep) {
        eachWay(lastStep, handover -> {
            Trees trees = handover.trees;
            assertThat(trees.source().exists()).as("%s", handover).isTrue();
            assertThat(trees.source().runs()).as("%s", handover).isFalse();
            assertThat(handover.destinationRecord().orElseThrow().state())
                    .as("%s", handover)
                    .isEqualTo(new DestinationState.MayHaveRun());
            assertThat(handover.recoverSource()).singleElement().satisfies(outcome -> assertThat(outcome.message())
                    .contains("it stays stopped at the source", "it may have run at the destination"));

            assertThat(handover.takeBackSource()).singleElement().satisfies(outcome -> assertThat(outcome.message())
                    .contains("started again at the source"));
            Handovers.oneCopyRuns(handover);
        });
    }

    @Test
    void isOverWhenItsCopyAtTheSourceIsGoneToo() {
        eachWay("start", handover -> {
            handover.trees.sourceDies();

            assertThat(handover.recoverSource()).singleElement().matches(RecoveryOutcome::settled);
            assertThat(handover.recoverSource()).isEmpty();
        });
    }

    /** It can't have run: the word to go was not on the disk there. */
    @ParameterizedTest
    @CsvSource({"sent Held", "received Go"})
    void isStartedAgainIfItIsGoneBeforeItCouldRun(String lastStep) {
        eachWay(lastStep, Handovers::oneCopyRuns);
    }

    /** The service dies after this step, and then its tree, with its host or without; then both ends recover, in either order. */
    private static void eachWay(String lastStep, Consumer<Handover> then) {
        Handovers.concurrently(4, way -> {
            try (Handover handover = handover(Trouble.NONE, UNHURRIED)
                    .diesAtDestination(lastStep)
                    .run()) {
                assertThat(handover.destinationSteps.taken()).endsWith(lastStep);
                handover.endsAtDestination(way % 2 == 0);
                handover.repair();
                Handovers.recover(handover, way / 2 == 0);
                handover.recoverDestination();
                then.accept(handover);
            }
            return null;
        });
    }

    private static void forEach(int count, IntFunction<Trouble> trouble) {
        Handovers.concurrently(count, step -> {
            Handovers.endsWithOneCopy(handover(trouble.apply(step), Handovers.PATIENCE), step % 2 == 0);
            return null;
        });
    }
}
