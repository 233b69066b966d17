package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.engine.Trees.Destination;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** All memory is compared at both ends before the commit. */
class VerifiedMemoryTest {
    @Test
    void whatWasComparedIsReported() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT).run()) {
            assertThat(handover.source.result().orElseThrow().comparedPages()).hasValue(1);
            assertThat(handover.trees.destination()).isEqualTo(Destination.RUNS);
        }
    }

    @Test
    void aDifferenceEndsTheMigrationAndTheContainerGoesOn() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.host.writesUnnoticed();
            handover.run();

            assertThat(handover.source.failure()).hasValueSatisfying(failure -> {
                assertThat(failure.code()).isEqualTo(MigrationCode.PEER_FAILED);
                assertThat(failure)
                        .hasMessageContaining("it runs at the source")
                        .hasMessageContaining("1 of 1 pages that have arrived differ from the source's");
                assertThat(failure.details())
                        .singleElement()
                        .asString() // how many rounds there are is a matter of time
                        .matches("process 1 at 0x1000, sent last in round [2-9]");
            });
            assertThat(handover.trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
            assertThat(handover.trees.destination()).isEqualTo(Destination.NONE);
            assertThat(handover.source.record().orElseThrow().state()).isEqualTo(new SourceState.Aborted());
            assertThat(handover.destinationRecord().orElseThrow().state())
                    .isInstanceOf(DestinationState.NeverRan.class);
        }
    }
}
