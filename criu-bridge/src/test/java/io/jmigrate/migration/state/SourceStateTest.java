package io.jmigrate.migration.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.report.Place;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    private static final SourceState.Held HELD =
            SourceState.preflight().accepted().nextRound().frozen().sent().held();

    @Test
    void goesFromPreflightToCompleted() {
        SourceState.Completed completed = HELD.committed()
                .running(DestinationState.accepted()
                        .receiving()
                        .restoring()
                        .held()
                        .committed()
                        .running());
        assertThat(completed.ended()).isTrue();
        assertThat(completed.place()).isEqualTo(Place.DESTINATION);
    }

    @Test
    void canBeAbortedAnywhereBeforeTheCommit() {
        List<SourceOwns> states = List.of(
                SourceState.preflight(),
                new SourceState.PreCopy(3),
                new SourceState.Frozen(),
                new SourceState.Restoring(),
                HELD);
        assertThat(states)
                .allSatisfy(state -> assertThat(state.aborted().place()).isEqualTo(Place.SOURCE));
    }

    @Test
    void isInDoubtBetweenCommitAndCompletion() {
        assertThat(HELD.committed().place()).isEqualTo(Place.IN_DOUBT);
        assertThat(HELD.committed().whereabouts()).contains("frozen at the source until");
        assertThat(HELD.committed()).isInstanceOf(DestinationOwns.class);
    }

    @Test
    void comesBackOnlyWithTheWordOfTheDestination() {
        SourceState.Aborted back =
                HELD.committed().givenBack(DestinationState.accepted().neverRan());
        assertThat(back.whereabouts()).isEqualTo("it is at the source");
    }

    @Test
    void saysThatItIsFrozenWhileItIs() {
        assertThat(List.of(new SourceState.Frozen(), new SourceState.Restoring(), HELD))
                .allSatisfy(state -> assertThat(state.whereabouts()).isEqualTo("it is frozen at the source"));
    }

    @Test
    void countsRoundsFromOne() {
        assertThatThrownBy(() -> new SourceState.PreCopy(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
