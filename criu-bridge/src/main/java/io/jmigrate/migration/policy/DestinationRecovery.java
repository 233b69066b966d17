package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.DestinationState;

/** What to do at the destination about a migration that its journal says to be in some state, and that nobody works on. */
public final class DestinationRecovery {
    private DestinationRecovery() {}

    public static DestinationAction decide(DestinationState state, DestinationFacts facts) {
        boolean settled = state instanceof DestinationState.Ran || state instanceof DestinationState.NeverRan;
        if (settled && !facts.remains()) {
            return new DestinationAction.Nothing();
        }
        if (facts.restorerAlive()) {
            return new DestinationAction.Wait();
        }
        return switch (state) {
            case DestinationState.NotYet notYet -> new DestinationAction.GiveUp(notYet.neverRan());
            case DestinationState.Going going -> afterTheCommit(going, facts);
            case DestinationState.Lacking _ when facts.alive() -> new DestinationAction.LeaveToSource();
            case DestinationState.Lacking lacking -> new DestinationAction.Lose(lacking.lost());
            case DestinationState.Ran _ -> new DestinationAction.RemoveImages();
            case DestinationState.NeverRan _ -> new DestinationAction.Discard();
        };
    }

    /**
     * CRIU is gone. Its log is the witness: a tree that it left without resuming is alive, but waits for ever before its first
     * instruction.
     *
     * <p>Of one that has ended while memory was following it nobody can tell whether it ended by itself, or was killed since a page could not
     * come, or with its host. So it counts as lost: the source's copy may be all that is left of it.
     */
    private static DestinationAction afterTheCommit(DestinationState.Going going, DestinationFacts facts) {
        if (!facts.resumed()) {
            return new DestinationAction.GiveUp(going.diedBeforeItRan());
        }
        if (!facts.mayLackMemory()) {
            return new DestinationAction.FinishRunning(going.running());
        }
        return facts.alive()
                ? new DestinationAction.AwaitMemory(going.lacking())
                : new DestinationAction.Lose(going.lost());
    }

    /** What to tell the source. */
    public static DestinationAnswer answer(DestinationState state) {
        return switch (state) {
            case DestinationState.Lost _ -> new DestinationAnswer.Lost();
            case DestinationState.Ran ran -> new DestinationAnswer.Runs(ran);
            case DestinationState.Lacking lacking -> new DestinationAnswer.Lacks(lacking);
            case DestinationState.NeverRan never -> new DestinationAnswer.NeverRan(never);
            case DestinationState.NotYet _ -> new DestinationAnswer.Undecided();
            case DestinationState.Going _ -> new DestinationAnswer.Undecided();
        };
    }
}
