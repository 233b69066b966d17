package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.state.DestinationState;
import java.util.List;
import org.junit.jupiter.api.Test;

class DestinationRecoveryTest {
    private static final List<DestinationState> NOT_YET = List.of(
            new DestinationState.Accepted(),
            new DestinationState.Receiving(),
            new DestinationState.Restoring(),
            new DestinationState.Held());
    private static final DestinationState GOING = new DestinationState.Going();

    private static DestinationFacts facts(boolean owner, boolean restorer, boolean tree, boolean resumed) {
        return new DestinationFacts(owner, restorer, tree, resumed);
    }

    @Test
    void givesUpWhatWasNotCommitted() {
        assertThat(NOT_YET)
                .allSatisfy(state -> assertThat(DestinationRecovery.decide(state, facts(false, false, true, false)))
                        .isEqualTo(new DestinationAction.GiveUp(new DestinationState.NeverRan())));
    }

    @Test
    void waitsForCriuToFinish() {
        assertThat(DestinationRecovery.decide(GOING, facts(false, true, true, false)))
                .isEqualTo(new DestinationAction.Wait());
        assertThat(DestinationRecovery.decide(new DestinationState.Held(), facts(false, true, true, false)))
                .isEqualTo(new DestinationAction.Wait());
    }

    @Test
    void finishesWhatWasResumedEvenIfItHasEndedSince() {
        assertThat(List.of(true, false))
                .allSatisfy(tree -> assertThat(DestinationRecovery.decide(GOING, facts(false, false, tree, true)))
                        .isEqualTo(new DestinationAction.FinishRunning(new DestinationState.Running())));
    }

    @Test
    void givesUpATreeThatCriuLeftBeforeItsFirstInstruction() {
        assertThat(List.of(true, false))
                .allSatisfy(tree -> assertThat(DestinationRecovery.decide(GOING, facts(false, false, tree, false)))
                        .isEqualTo(new DestinationAction.GiveUp(new DestinationState.NeverRan())));
    }

    @Test
    void leavesALivingOwnerAlone() {
        assertThat(DestinationRecovery.decide(GOING, facts(true, false, true, true)))
                .isEqualTo(new DestinationAction.LeaveToOwner());
    }

    @Test
    void hasNothingToDoForWhatRunsOrIsOver() {
        assertThat(List.of(
                        new DestinationState.Running(),
                        new DestinationState.Completed(),
                        new DestinationState.NeverRan()))
                .allSatisfy(state -> assertThat(DestinationRecovery.decide(state, facts(false, false, false, false)))
                        .isEqualTo(new DestinationAction.Nothing()));
    }

    @Test
    void answersByWhatIsWrittenDown() {
        assertThat(NOT_YET).allSatisfy(state -> assertThat(DestinationRecovery.answer(state))
                .isEqualTo(new DestinationAnswer.Undecided()));
        assertThat(DestinationRecovery.answer(GOING)).isEqualTo(new DestinationAnswer.Undecided());
        assertThat(DestinationRecovery.answer(new DestinationState.Running()))
                .isEqualTo(new DestinationAnswer.Runs(new DestinationState.Running()));
        assertThat(DestinationRecovery.answer(new DestinationState.NeverRan()))
                .isEqualTo(new DestinationAnswer.NeverRan(new DestinationState.NeverRan()));
    }
}
