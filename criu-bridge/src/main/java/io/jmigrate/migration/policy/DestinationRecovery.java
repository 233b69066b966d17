package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.DestinationState;

/** What to do at the destination about a migration that its journal says to be in some state, and that nobody works on. */
public final class DestinationRecovery {
    private DestinationRecovery() {}

    public static DestinationAction decide(DestinationState state, DestinationFacts facts) {
        if (state.ended() && !facts.remains()) {
            return new DestinationAction.Nothing();
        }
        if (facts.restorerAlive()) {
            return new DestinationAction.Wait();
        }
        return switch (state) {
            case DestinationState.NotYet notYet -> new DestinationAction.GiveUp(notYet.neverRan());
            case DestinationState.Going going -> afterTheCommit(going, facts);
            case DestinationState.Starting starting -> afterTheStart(starting, facts);
            case DestinationState.Lacking _ when facts.alive() -> new DestinationAction.LeaveToSource();
            case DestinationState.Lacking lacking -> new DestinationAction.Lose(lacking.lost());
            case DestinationState.Ran _, DestinationState.MayHaveRun _ -> new DestinationAction.RemoveImages();
            case DestinationState.NeverRan _ -> new DestinationAction.Discard();
        };
    }

    /**
     * CRIU is gone. Its log is the witness: a tree that it left without resuming is alive, but waits for ever before its first
     * instruction.
     *
     * <p>After a power failure the log may lack its last lines, those that tell of a resume: what it does not say nobody knows. It is
     * not set going again by an older copy.
     *
     * <p>Of one that has ended while memory was following it nobody can tell whether it ended by itself, or was killed since a page could not
     * come, or with its host. So it counts as lost: the source's copy may be all that is left of it.
     */
    private static DestinationAction afterTheCommit(DestinationState.Going going, DestinationFacts facts) {
        if (!facts.resumed()) {
            return facts.rebooted()
                    ? new DestinationAction.Lose(going.gone())
                    : new DestinationAction.GiveUp(going.diedBeforeItRan());
        }
        if (!facts.mayLackMemory()) {
            return new DestinationAction.FinishRunning(going.running());
        }
        return facts.alive()
                ? new DestinationAction.AwaitMemory(going.lacking())
                : new DestinationAction.Lose(going.lost());
    }

    /**
     * Its init is the witness: as long as it waits it can be let go. Of one that is gone, with no more than a half-made record or none, nobody can
     * tell whether it ran before: what it may have done is not to be done again.
     */
    private static DestinationAction afterTheStart(DestinationState.Starting starting, DestinationFacts facts) {
        return facts.resumed()
                ? new DestinationAction.FinishRunning(starting.running())
                : new DestinationAction.Lose(starting.gone());
    }

    /** What to tell the source. */
    public static DestinationAnswer answer(DestinationState state) {
        return switch (state) {
            case DestinationState.Lost _ -> new DestinationAnswer.Lost();
            case DestinationState.Ran ran -> new DestinationAnswer.Runs(ran);
            case DestinationState.Lacking lacking -> new DestinationAnswer.Lacks(lacking);
            case DestinationState.NeverRan never -> new DestinationAnswer.NeverRan(never);
            case DestinationState.NotYet _ -> new DestinationAnswer.Undecided();
            case DestinationState.Going _, DestinationState.Starting _ -> new DestinationAnswer.Undecided();
            case DestinationState.MayHaveRun _ -> new DestinationAnswer.MayHaveRun();
        };
    }
}
