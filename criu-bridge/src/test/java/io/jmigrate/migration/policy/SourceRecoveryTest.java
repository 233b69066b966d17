package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SourceRecoveryTest {
    private static final List<SourceState> OWNED = List.of(
            new SourceState.Preflight(),
            new SourceState.PreCopy(1),
            new SourceState.Frozen(),
            new SourceState.Restoring(),
            new SourceState.Held());
    private static final SourceState.Committed COMMITTED = new SourceState.Committed();
    private static final SourceState.Divided DIVIDED = new SourceState.Divided();

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
    void givesMemoryThatTheDestinationLacks() {
        DestinationAnswer lacks = new DestinationAnswer.Lacks(new DestinationState.Lacking());
        for (SourceState.Open state : List.of(COMMITTED, DIVIDED)) {
            assertThat(SourceRecovery.decide(state, lacks, true)).isEqualTo(new SourceAction.Follow(DIVIDED));
            assertThat(SourceRecovery.decide(state, lacks, false))
                    .isInstanceOfSatisfying(SourceAction.Over.class, over -> assertThat(over.why())
                            .contains("its copy here is gone"));
        }
    }

    @Test
    void killsTheCopyOfOneWhoseMemoryHasFollowed() {
        DestinationAnswer runs = new DestinationAnswer.Runs(new DestinationState.Running());
        assertThat(SourceRecovery.decide(DIVIDED, runs, true))
                .isEqualTo(new SourceAction.KillCopy(new SourceState.Completed()));
    }

    @Test
    void keepsTheCopyOfOneThatWasLostUntilItIsDeleted() {
        DestinationAnswer never = new DestinationAnswer.NeverRan(new DestinationState.NeverRan());
        for (DestinationAnswer answer : List.of(new DestinationAnswer.Lost(), never)) {
            assertThat(SourceRecovery.decide(DIVIDED, answer, true))
                    .isInstanceOfSatisfying(SourceAction.StayFrozen.class, stay -> assertThat(stay.why())
                            .contains("it ran at the destination", "goes when it is deleted"));
            assertThat(SourceRecovery.decide(DIVIDED, answer, false)).isInstanceOf(SourceAction.Over.class);
        }
    }

    @Property
    void neverLetsACopyRunWhoseMemoryFollowed(
            @ForAll("answers") DestinationAnswer answer, @ForAll boolean alive, @ForAll boolean takeBack) {
        SourceAction action = SourceRecovery.decide(DIVIDED, answer, alive);
        SourceAction taken = takeBack ? SourceRecovery.takingBack(DIVIDED, action, alive) : action;
        assertThat(taken).isNotInstanceOf(SourceAction.LetRun.class);
        if (takeBack && action instanceof SourceAction.StayFrozen stay) {
            assertThat(taken).isInstanceOfSatisfying(SourceAction.StayFrozen.class, frozen -> assertThat(frozen.why())
                    .contains(stay.why(), "is not taken back", "restore a checkpoint"));
        }
    }

    @Provide
    Arbitrary<DestinationAnswer> answers() {
        return Arbitraries.of(
                new DestinationAnswer.Runs(new DestinationState.Running()),
                new DestinationAnswer.Lacks(new DestinationState.Lacking()),
                new DestinationAnswer.NeverRan(new DestinationState.NeverRan()),
                new DestinationAnswer.Undecided(),
                new DestinationAnswer.Lost(),
                new DestinationAnswer.MayHaveRun(),
                new DestinationAnswer.Withheld("asked too often"),
                new DestinationAnswer.Unreachable("refused"));
    }

    /** It is taken back by its user's word alone, and nothing is left to decide when that has deleted it. */
    @Test
    void keepsTheCopyOfOneThatMayHaveRun() {
        for (DestinationAnswer answer : List.of(new DestinationAnswer.Lost(), new DestinationAnswer.MayHaveRun())) {
            SourceAction stays = SourceRecovery.decide(COMMITTED, answer, true);
            assertThat(stays).isInstanceOf(SourceAction.StayFrozen.class);
            assertThat(SourceRecovery.takingBack(COMMITTED, stays, true))
                    .isEqualTo(new SourceAction.LetRun(new SourceState.Aborted()));
            assertThat(SourceRecovery.decide(COMMITTED, answer, false))
                    .isInstanceOfSatisfying(SourceAction.Over.class, over -> assertThat(over.why())
                            .contains("its copy here is gone"));
        }
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
