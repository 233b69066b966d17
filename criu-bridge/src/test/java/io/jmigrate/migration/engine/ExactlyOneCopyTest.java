package io.jmigrate.migration.engine;

import static io.jmigrate.migration.engine.Handovers.PATIENCE;
import static io.jmigrate.migration.engine.Handovers.concurrently;
import static io.jmigrate.migration.engine.Handovers.endsWithOneCopy;
import static io.jmigrate.migration.engine.Handovers.endsWithOneCopyThoughARecoveryDies;
import static io.jmigrate.migration.engine.Handovers.oneCopyRuns;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.engine.Trees.Destination;
import java.io.IOException;
import java.util.List;
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
            concurrently(RECOVERY_STEPS, recoveryStep -> {
                endsWithOneCopyThoughARecoveryDies(
                        new Handover(base, PATIENCE).diesAtDestination(last), side, recoveryStep);
                return null;
            });
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
}
