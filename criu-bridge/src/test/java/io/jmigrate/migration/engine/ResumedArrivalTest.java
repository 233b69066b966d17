package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.Steps.Fault;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.failure.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A service is killed while memory follows a container, and another one takes the rest. */
class ResumedArrivalTest {
    private Handover handover;
    private Peer silent;

    @BeforeEach
    void killTheService() throws Exception {
        int death;
        try (Handover whole = new Handover(Trouble.NONE.following(true), Patience.LIMIT).run()) {
            death = whole.destinationSteps.taken().indexOf("announce");
        }
        handover = new Handover(Trouble.NONE.following(true).atDestination(Fault.DEATH, death), Patience.LIMIT).run();
        assertThat(state()).isEqualTo(new DestinationState.Lacking());
        handover.repair();
        silent = handover.peer();
    }

    @AfterEach
    void end() {
        silent.close();
        handover.close();
    }

    private DestinationState state() {
        return record().state();
    }

    private DestinationRecord record() {
        return handover.destinationRecord().orElseThrow();
    }

    @Test
    void aNewerConnectionTakesThePlaceOfOneThatSaysNothing() {
        Data _ = silent.follow(record().id(), record().secret().orElseThrow());

        assertThat(handover.recoverSource()).as("%s", handover).singleElement().matches(RecoveryOutcome::settled);
        assertThat(state()).isEqualTo(new DestinationState.Running());
        assertThat(handover.trees.source().exists()).isFalse();
        assertThat(handover.trees.lostMemory()).isFalse();
    }

    @Test
    void nobodyTakesItsPlaceWithoutTheSecret() {
        Data _ = silent.follow(record().id(), record().secret().orElseThrow());

        assertThatThrownBy(() -> silent.follow(record().id(), "guessed")).isInstanceOf(Failure.class);
        assertThat(state()).isEqualTo(new DestinationState.Lacking());
    }
}
