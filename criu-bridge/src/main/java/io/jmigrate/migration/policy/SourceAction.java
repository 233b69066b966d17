package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.SourceState;

/** What recovery does at the source. */
public sealed interface SourceAction {
    /** Nothing is open. */
    record Nothing() implements SourceAction {}

    /** The source owns it: let it run, with its network. */
    record LetRun(SourceState.Aborted next) implements SourceAction {}

    /** Only the destination knows: ask it and decide by the answer. */
    record Ask(SourceState.Open state) implements SourceAction {}

    /** The destination has it: kill the frozen copy and remove the container. */
    record KillCopy(SourceState.Completed next) implements SourceAction {}

    /** The destination has it, and lacks memory that the frozen copy has: give it that, then kill the copy. */
    record Follow(SourceState.Divided next) implements SourceAction {}

    /** The destination is working on it: ask again after a while. */
    record AskAgain() implements SourceAction {}

    /**
     * The copy stays frozen.
     *
     * @param ifVouchedFor whether somebody who knows that it runs nowhere else may let it go on: nothing that was heard says that it could
     */
    record StayFrozen(String why, boolean ifVouchedFor) implements SourceAction {}

    /** The destination never ran it and the frozen copy is gone, for instance by a reboot of this host. */
    record Lost(SourceState.Aborted next) implements SourceAction {}

    /** The copy here is gone, and the destination runs nothing that could do without it, or was lost there: nothing is left to be decided. */
    record Over(SourceState.Completed next, String why) implements SourceAction {}
}
