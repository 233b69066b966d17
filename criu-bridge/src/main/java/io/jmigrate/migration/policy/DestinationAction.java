package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.DestinationState;

/** What recovery does at the destination. */
public sealed interface DestinationAction {
    /** It is settled. */
    record Nothing() implements DestinationAction {}

    /** It never ran, and that is written down: remove every trace of it. */
    record Discard() implements DestinationAction {}

    /** It runs or ran here: remove the images that it came from. */
    record RemoveImages() implements DestinationAction {}

    /** CRIU has not finished: look again after a while. */
    record Wait() implements DestinationAction {}

    /** Write down that it never ran, then remove every trace of it. */
    record GiveUp(DestinationState.NeverRan next) implements DestinationAction {}

    /** It was resumed, and lacks memory: open its network, announce it, write down that it runs and lacks it. */
    record AwaitMemory(DestinationState.Lacking next) implements DestinationAction {}

    /** It runs, and only its source can give it the memory that it lacks. */
    record LeaveToSource() implements DestinationAction {}

    /**
     * It may have lacked memory, or may have been started, and has ended without a witness: write that down, so that the source keeps its copy.
     *
     * @param next Lost or MayHaveRun
     */
    record Lose(DestinationState next) implements DestinationAction {}

    /** It was resumed: open its network, announce it, write down that it runs. */
    record FinishRunning(DestinationState.Running next) implements DestinationAction {}
}
