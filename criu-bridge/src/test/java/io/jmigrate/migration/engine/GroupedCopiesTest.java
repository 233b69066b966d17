package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.GroupHandover.Member;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.plan.NetworkTerms;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The promise of a group, tried on the engines themselves: each container runs exactly once whatever dies, fails or breaks, and unless
 * something fails at the destination, all of them run at the same end.
 */
class GroupedCopiesTest {
    /** More than either side takes in a migration of two that succeeds. */
    private static final int STEPS = 216;

    private static final int FRAMES = 84;
    /** Threads take their steps in an order of their own each time, so that what is left out here comes up by and by. */
    private static final int STRIDE = 3;

    private static final String RESET = "reset connections";

    private static final Duration PATIENCE = Duration.ofMillis(90);
    private static final int AT_ONCE = 8;

    private static final Logger ENGINE_LOG = Logger.getLogger("io.jmigrate.migration");

    static {
        ENGINE_LOG.setLevel(Level.OFF);
    }

    @Test
    void movesAsOneWhenNothingGoesWrong() throws IOException, InterruptedException {
        try (GroupHandover handover = new GroupHandover(Trouble.NONE, Patience.LIMIT).run()) {
            assertThat(handover.members)
                    .as("%s", handover)
                    .allMatch(Member::runsOnce)
                    .allMatch(member -> member.place().orElseThrow().equals("destination"));
            assertThat(handover.sourceSteps.taken()).hasSizeLessThan(STEPS);
            assertThat(handover.destinationSteps.taken()).hasSizeLessThan(STEPS);
            assertThat(handover.frames()).isLessThan(FRAMES);
        }
    }

    /** One may run at the destination as soon as any is told to go. */
    @Test
    void nobodyIsToldToGoBeforeTheConnectionsOfAllHaveEnded() throws IOException, InterruptedException {
        try (GroupHandover handover = new GroupHandover(Trouble.NONE, Patience.LIMIT)) {
            handover.members.forEach(member -> member.source().network = new NetworkTerms(true, Map.of()));
            List<String> steps = handover.run().sourceSteps.taken();
            assertThat(steps.stream().filter(step -> step.equals(RESET))).hasSize(2);
            assertThat(steps.lastIndexOf(RESET))
                    .as("%s", steps)
                    .isLessThan(IntStream.range(0, steps.size())
                            .filter(step -> steps.get(step).endsWith(" Go"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    @Test
    void staysTogetherWhenTheSourceDies() {
        forEach(STEPS, 1, step -> Trouble.NONE.atSource(Fault.DEATH, step), true);
    }

    @Test
    void staysTogetherWhenTheSourceDiesUnnoticed() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.unnoticed().atSource(Fault.DEATH, step), true);
    }

    @Test
    void staysTogetherWhenTheLinkIsCut() {
        forEach(FRAMES, 1, Trouble.NONE::linkBreaksAfter, true);
    }

    @Test
    void staysTogetherWhenTheLinkFallsSilent() {
        forEach(FRAMES, STRIDE, Trouble.NONE.unnoticed()::linkBreaksAfter, true);
    }

    @Test
    void staysTogetherWhenItIsCancelled() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.atSource(Fault.CANCEL, step), true);
    }

    @Test
    void staysTogetherWhenTheSourcesDiskIsFull() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.atSource(Fault.FULL_DISK, step), true);
    }

    @Test
    void staysTogetherWhenTheSourcesHostFails() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.atSource(Fault.FAILURE, step), true);
    }

    @Test
    void runsEachOnceWhenTheDestinationFails() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.atDestination(Fault.FAILURE, step), false);
    }

    @Test
    void runsEachOnceWhenTheDestinationDies() {
        forEach(STEPS, STRIDE, step -> Trouble.NONE.atDestination(Fault.DEATH, step), false);
        forEach(
                STEPS,
                STRIDE,
                step -> Trouble.NONE.atDestination(Fault.DEATH, step + 1).takingCriuAlong(),
                false);
    }

    private static void forEach(int count, int stride, IntFunction<Trouble> trouble, boolean together) {
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = IntStream.range(0, count / stride)
                    .<Future<?>>mapToObj(number -> threads.submit(() -> {
                        end(trouble.apply(number * stride), number % 2 == 0, together);
                        return null;
                    }))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Error error ? error : new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void end(Trouble trouble, boolean sourceFirst, boolean together)
            throws IOException, InterruptedException {
        try (GroupHandover handover = new GroupHandover(trouble, PATIENCE).run()) {
            assertThat(handover.members).as("%s", handover).noneMatch(member -> member.trees()
                    .ranTwice());
            handover.recover(sourceFirst);
            assertThat(handover.members).as("%s", handover).allMatch(Member::runsOnce);
            if (together) {
                assertThat(handover.members.stream().map(Member::place).distinct())
                        .as("%s", handover)
                        .hasSize(1);
            }
        }
    }
}
