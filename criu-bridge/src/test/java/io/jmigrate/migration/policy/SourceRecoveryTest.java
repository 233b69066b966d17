package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceRecoveryTest {
    private static final List<SourceState> OWNED = List.of(
            new SourceState.Preflight(),
            new SourceState.PreCopy(1),
            new SourceState.Frozen(),
            new SourceState.Restoring(),
            new SourceState.Held());
    private static final SourceState.Committed COMMITTED = new SourceState.Committed();

    @Test
    void letsTheContainerRunWhenTheOwnerDiedBeforeTheCommit() {
        assertThat(OWNED).allSatisfy(state -> assertThat(SourceRecovery.decide(state))
                .isEqualTo(new SourceAction.LetRun(new SourceState.Aborted())));
    }

    @Test
    void doesNothingWhenItIsOver() {
        assertThat(SourceRecovery.decide(new SourceState.Completed())).isEqualTo(new SourceAction.Nothing());
        assertThat(SourceRecovery.decide(new SourceState.Aborted())).isEqualTo(new SourceAction.Nothing());
    }

    @Test
    void asksAfterTheCommit() {
        assertThat(SourceRecovery.decide(COMMITTED)).isEqualTo(new SourceAction.Ask(COMMITTED));
    }

    @Test
    void killsTheCopyWhenTheDestinationRunsIt() {
        DestinationAnswer runs = new DestinationAnswer.Runs(new DestinationState.Running());
        assertThat(SourceRecovery.decide(COMMITTED, runs, true))
                .isEqualTo(new SourceAction.KillCopy(new SourceState.Completed()));
        assertThat(SourceRecovery.decide(COMMITTED, runs, false))
                .isEqualTo(new SourceAction.KillCopy(new SourceState.Completed()));
    }

    @Test
    void letsTheCopyRunWhenTheDestinationNeverWill() {
        DestinationAnswer never = new DestinationAnswer.NeverRan(new DestinationState.NeverRan());
        assertThat(SourceRecovery.decide(COMMITTED, never, true))
                .isEqualTo(new SourceAction.LetRun(new SourceState.Aborted()));
        assertThat(SourceRecovery.decide(COMMITTED, never, false))
                .isEqualTo(new SourceAction.Lost(new SourceState.Aborted()));
    }

    @Test
    void takesTheCopyBackOnlyIfTheDestinationTellsNothing() {
        SourceAction nothing = new SourceAction.StayFrozen("refused", true);
        assertThat(SourceRecovery.takingBack(COMMITTED, nothing, true))
                .isEqualTo(new SourceAction.LetRun(new SourceState.Aborted()));
        assertThat(SourceRecovery.takingBack(COMMITTED, nothing, false)).isEqualTo(nothing);
        SourceAction withheld = new SourceAction.StayFrozen("asked too often", false);
        assertThat(SourceRecovery.takingBack(COMMITTED, withheld, true)).isEqualTo(withheld);
        SourceAction runs = new SourceAction.KillCopy(new SourceState.Completed());
        assertThat(SourceRecovery.takingBack(COMMITTED, runs, true)).isEqualTo(runs);
        SourceAction undecided = new SourceAction.AskAgain();
        assertThat(SourceRecovery.takingBack(COMMITTED, undecided, true)).isEqualTo(undecided);
    }

    @Test
    void keepsTheCopyFrozenWithoutAnAnswer() {
        assertThat(SourceRecovery.decide(COMMITTED, new DestinationAnswer.Unreachable("refused"), true))
                .isEqualTo(new SourceAction.StayFrozen("refused", true));
        assertThat(SourceRecovery.decide(COMMITTED, new DestinationAnswer.Withheld("asked too often"), true))
                .isEqualTo(new SourceAction.StayFrozen("asked too often", false));
        assertThat(SourceRecovery.decide(COMMITTED, new DestinationAnswer.Lost(), true))
                .isEqualTo(new SourceAction.StayFrozen("it ran at the destination and was lost there", true));
        assertThat(SourceRecovery.decide(COMMITTED, new DestinationAnswer.Undecided(), true))
                .isEqualTo(new SourceAction.AskAgain());
    }
}
