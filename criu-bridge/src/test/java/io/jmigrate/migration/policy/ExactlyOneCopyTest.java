package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.policy.HandoverModel.Tree;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactlyOneCopyTest {
    @Test
    void runsAtTheDestinationWhenNothingFails() {
        HandoverModel world = new HandoverModel();
        run(world, HandoverModel.SOURCE_STEPS, HandoverModel.DESTINATION_STEPS, List.of(true, false));
        assertThat(world.destinationTree).isEqualTo(Tree.RUNNING);
        assertThat(world.sourceTree).isEqualTo(Tree.DEAD);
    }

    @Test
    void runsOnceAfterACrashAtEveryPairOfPoints() {
        for (int source = 0; source <= HandoverModel.SOURCE_STEPS; source++) {
            for (int destination = 0; destination <= HandoverModel.DESTINATION_STEPS; destination++) {
                HandoverModel world = new HandoverModel();
                run(world, source, destination, List.of(true, false));
                crashAndRecover(world);
                assertThat(world.running())
                        .as("source died after %d steps, destination after %d", source, destination)
                        .isEqualTo(1);
            }
        }
    }

    /** Any interleaving of the two sides, and either of them dying at any point of it. */
    @Property
    void runsOnceAfterACrashInAnyOrderOfSteps(
            @ForAll @IntRange(max = HandoverModel.SOURCE_STEPS) int source,
            @ForAll @IntRange(max = HandoverModel.DESTINATION_STEPS) int destination,
            @ForAll @Size(min = 1, max = 24) List<Boolean> order) {
        HandoverModel world = new HandoverModel();
        run(world, source, destination, order);
        assertThat(world.running()).isLessThanOrEqualTo(1);
        crashAndRecover(world);
        assertThat(world.running()).isEqualTo(1);
    }

    private static void crashAndRecover(HandoverModel world) {
        world.sourceDies();
        world.destinationDies();
        world.recover();
        world.recover();
    }

    /** Steps in the given order, over and over, until nothing moves; true is a step of the source. */
    private static void run(HandoverModel world, int sourceMax, int destinationMax, List<Boolean> order) {
        int source = 0;
        int destination = 0;
        int idle = 0;
        for (int turn = 0; idle < 2 * order.size() + 2; turn++) {
            boolean sourceTurn = turn % (order.size() + 2) < order.size()
                    ? order.get(turn % (order.size() + 2))
                    : turn % (order.size() + 2) == order.size();
            boolean moved = sourceTurn
                    ? source < sourceMax && world.sourceStep()
                    : destination < destinationMax && world.destinationStep();
            source += moved && sourceTurn ? 1 : 0;
            destination += moved && !sourceTurn ? 1 : 0;
            idle = moved ? 0 : idle + 1;
            assertThat(world.running()).isLessThanOrEqualTo(1);
        }
    }
}
