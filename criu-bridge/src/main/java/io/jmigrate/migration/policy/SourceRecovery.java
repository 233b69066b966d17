package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;

/** What to do at the source about a migration that its journal says to be in some state, and that nobody works on. */
public final class SourceRecovery {
    private SourceRecovery() {}

    /**
     * The decision without the destination.
     *
     * @param state what the journal says
     */
    public static SourceAction decide(SourceState state) {
        if (state.ended()) {
            return new SourceAction.Nothing();
        }
        return switch (state) {
            case SourceOwns owns -> new SourceAction.LetRun(owns.aborted());
            case SourceState.Committed committed -> new SourceAction.Ask(committed);
            case SourceState.Completed _ -> new SourceAction.Nothing();
        };
    }

    /**
     * The decision after the commit, by the destination's word.
     *
     * @param copyAlive whether the frozen copy still exists
     */
    public static SourceAction decide(SourceState.Committed state, DestinationAnswer answer, boolean copyAlive) {
        return switch (answer) {
            case DestinationAnswer.Runs runs -> new SourceAction.KillCopy(state.running(runs.proof()));
            case DestinationAnswer.NeverRan never -> giveBack(state.givenBack(never.proof()), copyAlive);
            case DestinationAnswer.Undecided _ -> new SourceAction.AskAgain();
            case DestinationAnswer.Lost _ ->
                new SourceAction.StayFrozen("it ran at the destination and was lost there", true);
            case DestinationAnswer.Withheld withheld -> new SourceAction.StayFrozen(withheld.why(), false);
            case DestinationAnswer.Unreachable unreachable -> new SourceAction.StayFrozen(unreachable.why(), true);
        };
    }

    /**
     * The same where somebody vouches for it that it runs nowhere else: what the destination tells counts, and that it is there and does not tell
     * counts, too.
     *
     * @param decided by its answer
     */
    public static SourceAction takingBack(SourceState.Committed state, SourceAction decided, boolean copyAlive) {
        boolean open = decided instanceof SourceAction.StayFrozen stay && stay.ifVouchedFor();
        return open && copyAlive ? new SourceAction.LetRun(state.takenBack()) : decided;
    }

    private static SourceAction giveBack(SourceState.Aborted next, boolean copyAlive) {
        return copyAlive ? new SourceAction.LetRun(next) : new SourceAction.Lost(next);
    }
}
