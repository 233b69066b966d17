package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.DestinationState;
import io.jmigrate.migration.state.SourceState;

/**
 * The handover with its kernel and its CRIU as a small world: each step is one durable or visible thing that happens, in the order
 * of the protocol, and either side can die after any number of its own steps. What the rest of the world then does by itself
 * (CRIU sees its client gone) happens in {@link #sourceDies} and {@link #destinationDies}.
 */
final class HandoverModel {
    enum Tree {
        NONE,
        RUNNING,
        FROZEN,
        HELD,
        DEAD
    }

    static final int SOURCE_STEPS = 8;
    static final int DESTINATION_STEPS = 8;

    SourceState source = SourceState.preflight();
    DestinationState destination = DestinationState.accepted();
    Tree sourceTree = Tree.RUNNING;
    Tree destinationTree = Tree.NONE;
    boolean cgroupFrozen;
    boolean answeredResume;
    boolean resumedInLog;
    boolean goSent;
    boolean heldReported;
    boolean runningReported;
    private int sourceDone;
    private int destinationDone;

    /** One step of the source, if what it waits for has come. */
    boolean sourceStep() {
        switch (sourceDone) {
            case 0 -> source = new SourceState.PreCopy(1);
            case 1 -> {
                source = new SourceState.Frozen();
                sourceTree = Tree.FROZEN;
            }
            case 2 -> source = new SourceState.Restoring();
            case 3 -> {
                if (!heldReported) {
                    return false;
                }
                source = new SourceState.Held();
            }
            case 4 -> cgroupFrozen = true;
            case 5 -> source = new SourceState.Committed();
            case 6 -> goSent = true;
            case 7 -> {
                if (!runningReported) {
                    return false;
                }
                sourceTree = Tree.DEAD;
                source = new SourceState.Completed();
            }
            default -> {
                return false;
            }
        }
        sourceDone++;
        return true;
    }

    /** One step of the destination, if what it waits for has come. */
    boolean destinationStep() {
        switch (destinationDone) {
            case 0 -> destination = new DestinationState.Receiving();
            case 1 -> {
                if (!(source instanceof SourceState.Restoring)) {
                    return false;
                }
                destination = new DestinationState.Restoring();
            }
            case 2 -> destinationTree = Tree.HELD;
            case 3 -> {
                destination = new DestinationState.Held();
                heldReported = true;
            }
            case 4 -> {
                if (!goSent) {
                    return false;
                }
                destination = new DestinationState.Going();
            }
            case 5 -> answeredResume = true;
            case 6 -> {
                destinationTree = Tree.RUNNING;
                resumedInLog = true;
            }
            case 7 -> {
                destination = new DestinationState.Running();
                runningReported = true;
            }
            default -> {
                return false;
            }
        }
        destinationDone++;
        return true;
    }

    /** CRIU's dump sees its client gone and thaws the tree; a frozen cgroup keeps it from running. */
    void sourceDies() {
        if (sourceTree == Tree.FROZEN && !cgroupFrozen) {
            sourceTree = Tree.RUNNING;
        }
    }

    /** CRIU's restore sees its client gone: it kills the tree, or resumes it if it has its answer already. */
    void destinationDies() {
        if (destinationTree == Tree.HELD) {
            destinationTree = answeredResume ? Tree.RUNNING : Tree.DEAD;
            resumedInLog = answeredResume;
        }
    }

    /** Recovery at the destination, then at the source, as the program does them. */
    void recover() {
        recoverDestination();
        switch (SourceRecovery.decide(source, false)) {
            case SourceAction.Ask ask ->
                act(SourceRecovery.decide(
                        ask.state(), DestinationRecovery.answer(destination), sourceTree == Tree.FROZEN));
            case SourceAction action -> act(action);
        }
    }

    private void recoverDestination() {
        DestinationFacts facts = new DestinationFacts(
                false, false, destinationTree == Tree.HELD || destinationTree == Tree.RUNNING, resumedInLog);
        switch (DestinationRecovery.decide(destination, facts)) {
            case DestinationAction.GiveUp giveUp -> {
                destination = giveUp.next();
                destinationTree = Tree.DEAD;
            }
            case DestinationAction.FinishRunning finish -> destination = finish.next();
            case DestinationAction.Nothing _ -> {}
            case DestinationAction.Wait _, DestinationAction.LeaveToOwner _ ->
                throw new AssertionError("nobody else is alive in this world");
        }
    }

    private void act(SourceAction action) {
        switch (action) {
            case SourceAction.LetRun letRun -> {
                source = letRun.next();
                sourceTree = Tree.RUNNING;
            }
            case SourceAction.KillCopy kill -> {
                source = kill.next();
                sourceTree = Tree.DEAD;
            }
            case SourceAction.Nothing _ -> {}
            default -> throw new AssertionError("does not settle it: " + action);
        }
    }

    int running() {
        return (sourceTree == Tree.RUNNING ? 1 : 0) + (destinationTree == Tree.RUNNING ? 1 : 0);
    }
}
