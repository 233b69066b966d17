package io.jmigrate.migration.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationStateTest {
    private static final DestinationState.Held HELD =
            DestinationState.accepted().receiving().restoring().held();

    @Test
    void doesNotRunBeforeTheCommit() {
        List<DestinationState.NotYet> before = List.of(
                DestinationState.accepted(),
                DestinationState.accepted().receiving(),
                DestinationState.accepted().receiving().restoring(),
                HELD);
        assertThat(before).allSatisfy(state -> {
            assertThat(state.mayRun()).isFalse();
            assertThat(state.neverRan().ended()).isTrue();
        });
    }

    @Test
    void mayRunFromTheCommitOn() {
        DestinationState.Going going = HELD.committed();
        assertThat(going.mayRun()).isTrue();
        assertThat(going.ended()).isFalse();
        assertThat(going.running().mayRun()).isTrue();
        assertThat(going.running().sourceIsGone().ended()).isTrue();
    }

    @Test
    void tellsAContainerThatWasLostFromOneThatRuns() {
        DestinationState.Lost lost = HELD.committed().running().lost();
        assertThat(lost.ended()).isTrue();
        assertThat(lost.whereabouts()).startsWith("it is lost: it ran at the destination");
    }

    @Test
    void tellsATreeThatDiedBeforeItRanFromOneThatRan() {
        assertThat(HELD.committed().diedBeforeItRan().mayRun()).isFalse();
        assertThat(HELD.committed().diedBeforeItRan().whereabouts()).isEqualTo("it is at the source");
    }
}
