package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A migration that its user gives up: before the commit it is undone at both ends, after it the wish comes too late. */
class CancelledMigrationTest {
    private static final Duration LONG = Patience.LIMIT;

    @Test
    void isUndoneOrCompletedAtWhicheverStepOfTheSourceItIsGivenUp() throws IOException, InterruptedException {
        int last = stepsOfTheSource();
        int undone = 0;
        for (int step = 0; step < last; step++) {
            try (Handover handover = new Handover(Trouble.NONE.atSource(Fault.CANCEL, step), LONG).run()) {
                if (handover.source.failure().isPresent()) {
                    undone++;
                    wasUndone(handover);
                } else {
                    wasCompleted(handover);
                }
            }
        }
        assertThat(undone).isBetween(last / 2, last - 1);
    }

    @Test
    void doesNotSayOfAContainerThatHasEndedMeanwhileThatItRuns() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE.atSource(Fault.CANCEL, stepsOfTheSource() / 2), LONG)) {
            handover.trees.sourceDies();
            handover.run();
            Failure failure = handover.source.failure().orElseThrow();
            assertThat(failure.code()).isEqualTo(MigrationCode.CONTAINER_ENDED);
            assertThat(failure)
                    .hasMessageStartingWith("container \"web\" did not migrate, it has ended at the source: ");
        }
    }

    private static int stepsOfTheSource() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, LONG).run()) {
            return handover.sourceSteps.taken().size();
        }
    }

    private static void wasUndone(Handover handover) {
        Failure failure = handover.source.failure().orElseThrow();
        assertThat(failure.code()).as("%s", handover).isEqualTo(MigrationCode.CANCELLED);
        assertThat(failure)
                .as("%s", handover)
                .hasMessageMatching(
                        "container \"web\" did not migrate, it (is at the source as before|runs at the source): "
                                + "the migration was cancelled by a test.*");
        assertThat(handover.trees.source()).as("%s", handover).isEqualTo(new Trees.Source(true, false, false, true));
        assertThat(handover.trees.destination()).as("%s", handover).isEqualTo(Destination.NONE);
        assertThat(handover.source.record().orElseThrow().state()).isEqualTo(new SourceState.Aborted());
        assertThat(handover.destinationRecord())
                .as("%s", handover)
                .matches(entry -> entry.isEmpty() || entry.get().state() instanceof DestinationState.NeverRan);
    }

    private static void wasCompleted(Handover handover) {
        assertThat(handover.trees.destination()).as("%s", handover).isEqualTo(Destination.RUNS);
        assertThat(handover.trees.source().exists()).as("%s", handover).isFalse();
        assertThat(handover.trees.ranTwice()).as("%s", handover).isFalse();
        assertThat(handover.source.cancel.cancel("a test")).as("%s", handover).isFalse();
    }
}
