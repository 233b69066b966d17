package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.state.DestinationState;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DestinationRecoveryTest {
    private static final List<DestinationState> NOT_YET = List.of(
            new DestinationState.Accepted(),
            new DestinationState.Receiving(),
            new DestinationState.Restoring(),
            new DestinationState.Held());
    private static final DestinationState GOING = new DestinationState.Going();

    private static final DestinationState STARTING = new DestinationState.Starting();

    private static final DestinationFacts CRIU_WORKS = new DestinationFacts(true, false, true, false, false, true);
    private static final DestinationFacts RESUMED = new DestinationFacts(false, true, true, false, false, true);
    private static final DestinationFacts NOT_RESUMED = new DestinationFacts(false, false, true, false, false, true);
    private static final DestinationFacts NOTHING_LEFT = new DestinationFacts(false, true, true, false, false, false);

    @Test
    void givesUpWhatWasNotCommitted() {
        assertThat(NOT_YET).allSatisfy(state -> assertThat(DestinationRecovery.decide(state, NOT_RESUMED))
                .isEqualTo(new DestinationAction.GiveUp(new DestinationState.NeverRan())));
    }

    @Test
    void waitsForCriuToFinish() {
        assertThat(DestinationRecovery.decide(GOING, CRIU_WORKS)).isEqualTo(new DestinationAction.Wait());
        assertThat(DestinationRecovery.decide(new DestinationState.Held(), CRIU_WORKS))
                .isEqualTo(new DestinationAction.Wait());
    }

    @Test
    void finishesWhatWasResumed() {
        assertThat(DestinationRecovery.decide(GOING, RESUMED))
                .isEqualTo(new DestinationAction.FinishRunning(new DestinationState.Running()));
    }

    @Test
    void givesUpATreeThatCriuLeftBeforeItsFirstInstruction() {
        assertThat(DestinationRecovery.decide(GOING, NOT_RESUMED))
                .isEqualTo(new DestinationAction.GiveUp(new DestinationState.NeverRan()));
    }

    /** Of one that starts anew no log tells whether it ran. */
    @Property
    void neverSaysThatOneNeverRanWhichWasToBeStarted(
            @ForAll boolean resumed, @ForAll boolean alive, @ForAll boolean remains) {
        assertThat(DestinationRecovery.decide(
                        STARTING, new DestinationFacts(false, resumed, alive, false, false, remains)))
                .isEqualTo(
                        resumed
                                ? new DestinationAction.FinishRunning(new DestinationState.Running())
                                : new DestinationAction.Lose(new DestinationState.MayHaveRun()));
    }

    /** Its log may have lost the line that tells of it: what it had acknowledged must not be forgotten by another copy. */
    @Property
    void neverSaysThatOneNeverRanWhichWasToldToGoBeforeItsHostWasStartedAnew(
            @ForAll boolean mayLackMemory, @ForAll boolean remains) {
        DestinationFacts facts = new DestinationFacts(false, false, false, mayLackMemory, true, remains);

        assertThat(DestinationRecovery.decide(GOING, facts))
                .isEqualTo(new DestinationAction.Lose(new DestinationState.MayHaveRun()));
        assertThat(NOT_YET).allSatisfy(state -> assertThat(DestinationRecovery.decide(state, facts))
                .isEqualTo(new DestinationAction.GiveUp(new DestinationState.NeverRan())));
    }

    @Test
    void cleansUpAfterOneThatDiedWhileItDid() {
        assertThat(List.of(
                        new DestinationState.Running(),
                        new DestinationState.Completed(),
                        new DestinationState.Lost(),
                        new DestinationState.MayHaveRun()))
                .allSatisfy(state -> assertThat(DestinationRecovery.decide(state, RESUMED))
                        .isEqualTo(new DestinationAction.RemoveImages()));
        assertThat(DestinationRecovery.decide(new DestinationState.NeverRan(), NOT_RESUMED))
                .isEqualTo(new DestinationAction.Discard());
        assertThat(DestinationRecovery.decide(new DestinationState.NeverRan(), CRIU_WORKS))
                .isEqualTo(new DestinationAction.Wait());
    }

    @Test
    void hasNothingToDoForWhatRunsOrIsOver() {
        assertThat(List.of(
                        new DestinationState.Running(),
                        new DestinationState.Completed(),
                        new DestinationState.Lost(),
                        new DestinationState.MayHaveRun(),
                        new DestinationState.NeverRan()))
                .allSatisfy(state -> assertThat(DestinationRecovery.decide(state, NOTHING_LEFT))
                        .isEqualTo(new DestinationAction.Nothing()));
    }

    /** Nobody can tell why it has ended, so that the source's copy may be all that is left. */
    @Property
    void neverSaysThatOneRunsWhichEndedWhileItMayHaveLackedMemory(
            @ForAll boolean restorerAlive, @ForAll boolean remains, @ForAll boolean lacking) {
        DestinationState state = lacking ? new DestinationState.Lacking() : GOING;
        DestinationAction action = DestinationRecovery.decide(
                state, new DestinationFacts(restorerAlive, true, false, true, false, remains));

        assertThat(action)
                .isEqualTo(
                        restorerAlive
                                ? new DestinationAction.Wait()
                                : new DestinationAction.Lose(new DestinationState.Lost()));
        assertThat(DestinationRecovery.answer(new DestinationState.Lost())).isEqualTo(new DestinationAnswer.Lost());
    }

    /** Whatever is seen, "it runs", after which the source's copy dies, is said of none that may lack memory. */
    @Property
    void neverFinishesOneThatMayLackMemory(
            @ForAll boolean restorerAlive,
            @ForAll boolean resumed,
            @ForAll boolean alive,
            @ForAll boolean remains,
            @ForAll boolean lacking) {
        DestinationState state = lacking ? new DestinationState.Lacking() : GOING;

        assertThat(DestinationRecovery.decide(
                        state, new DestinationFacts(restorerAlive, resumed, alive, true, false, remains)))
                .isNotInstanceOf(DestinationAction.FinishRunning.class);
    }

    @Test
    void leavesOneThatRunsAndLacksMemoryToItsSource() {
        DestinationFacts lacks = new DestinationFacts(false, true, true, true, false, true);

        assertThat(DestinationRecovery.decide(GOING, lacks))
                .isEqualTo(new DestinationAction.AwaitMemory(new DestinationState.Lacking()));
        assertThat(DestinationRecovery.decide(new DestinationState.Lacking(), lacks))
                .isEqualTo(new DestinationAction.LeaveToSource());
    }

    @Test
    void finishesOneThatHasEndedWithAllItsMemory() {
        assertThat(DestinationRecovery.decide(GOING, new DestinationFacts(false, true, false, false, false, true)))
                .isEqualTo(new DestinationAction.FinishRunning(new DestinationState.Running()));
    }

    @Test
    void answersByWhatIsWrittenDown() {
        assertThat(NOT_YET).allSatisfy(state -> assertThat(DestinationRecovery.answer(state))
                .isEqualTo(new DestinationAnswer.Undecided()));
        assertThat(DestinationRecovery.answer(GOING)).isEqualTo(new DestinationAnswer.Undecided());
        assertThat(DestinationRecovery.answer(STARTING)).isEqualTo(new DestinationAnswer.Undecided());
        assertThat(DestinationRecovery.answer(new DestinationState.MayHaveRun()))
                .isEqualTo(new DestinationAnswer.MayHaveRun());
        assertThat(DestinationRecovery.answer(new DestinationState.Running()))
                .isEqualTo(new DestinationAnswer.Runs(new DestinationState.Running()));
        assertThat(DestinationRecovery.answer(new DestinationState.NeverRan()))
                .isEqualTo(new DestinationAnswer.NeverRan(new DestinationState.NeverRan()));
    }
}
