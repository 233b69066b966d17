package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.SourceOwns;
import io.jmigrate.migration.state.SourceState;

/** What to do at the source about a migration that its journal says to be in some state, and that nobody works on. */
public final class SourceRecovery {
    private static final String LOST = "it ran at the destination and was lost there";
    private static final String MAY_HAVE_RUN =
            "it may have run at the destination, where nothing of it runs any more, and nobody has seen whether it did";
    private static final String FORGOTTEN = "it ran at the destination, which says now that it never did";
    private static final String AND_GONE_HERE = ", and its copy here is gone";
    private static final String NOT_TAKEN_BACK =
            "a container whose memory was following it is not taken back, since it has run at the destination:"
                    + " to start from an earlier state, delete it here and restore a checkpoint";

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
            case SourceState.Open open -> new SourceAction.Ask(open);
            case SourceState.Completed _ -> new SourceAction.Nothing();
        };
    }

    /**
     * The decision after the commit, by the destination's word.
     *
     * @param copyAlive whether the frozen copy still exists
     */
    public static SourceAction decide(SourceState.Open state, DestinationAnswer answer, boolean copyAlive) {
        return switch (answer) {
            case DestinationAnswer.Runs runs -> new SourceAction.KillCopy(state.running(runs.proof()));
            case DestinationAnswer.Lacks lacks -> follow(state.lacking(lacks.proof()), copyAlive);
            case DestinationAnswer.NeverRan never ->
                switch (state) {
                    case SourceState.Committed committed -> giveBack(committed.givenBack(never.proof()), copyAlive);
                    case SourceState.Divided divided -> outlived(divided, copyAlive, FORGOTTEN);
                };
            case DestinationAnswer.Undecided _ -> new SourceAction.AskAgain();
            case DestinationAnswer.Lost _ -> ended(state, copyAlive, LOST);
            case DestinationAnswer.MayHaveRun _ -> ended(state, copyAlive, MAY_HAVE_RUN);
            case DestinationAnswer.Withheld withheld -> new SourceAction.StayFrozen(withheld.why(), false);
            case DestinationAnswer.Unreachable unreachable -> new SourceAction.StayFrozen(unreachable.why(), true);
        };
    }

    /**
     * The same where somebody vouches for it that it runs nowhere else: what the destination tells counts, and that it is there and does not tell
     * counts, too. One that has run at the destination is never taken back: what it wrote there would be lost, and what it sent is known to others.
     *
     * @param decided by its answer
     */
    public static SourceAction takingBack(SourceState.Open state, SourceAction decided, boolean copyAlive) {
        if (!(decided instanceof SourceAction.StayFrozen stay)) {
            return decided;
        }
        return switch (state) {
            case SourceState.Committed committed ->
                stay.ifVouchedFor() && copyAlive ? new SourceAction.LetRun(committed.takenBack()) : decided;
            case SourceState.Divided _ -> new SourceAction.StayFrozen(stay.why() + "; " + NOT_TAKEN_BACK, false);
        };
    }

    private static SourceAction ended(SourceState.Open state, boolean copyAlive, String what) {
        return switch (state) {
            case SourceState.Committed committed ->
                copyAlive
                        ? new SourceAction.StayFrozen(what, true)
                        : new SourceAction.Over(committed.lost(), what + AND_GONE_HERE);
            case SourceState.Divided divided -> outlived(divided, copyAlive, what);
        };
    }

    private static SourceAction follow(SourceState.Divided next, boolean copyAlive) {
        return copyAlive
                ? new SourceAction.Follow(next)
                : new SourceAction.Over(
                        next.lost(), "its copy here is gone, and with it memory that it lacks at the destination");
    }

    /** It ran there, so that what the copy holds is of the past: it does not go on by itself. */
    private static SourceAction outlived(SourceState.Divided state, boolean copyAlive, String what) {
        return copyAlive
                ? new SourceAction.StayFrozen(
                        what + "; its copy here is as it was when it left, and goes when it is deleted", false)
                : new SourceAction.Over(state.lost(), what + AND_GONE_HERE);
    }

    private static SourceAction giveBack(SourceState.Aborted next, boolean copyAlive) {
        return copyAlive ? new SourceAction.LetRun(next) : new SourceAction.Lost(next);
    }
}
