package io.jmigrate.migration.policy;

import io.jmigrate.migration.state.DestinationState;

/** What the destination says when it is asked what became of a migration. */
public sealed interface DestinationAnswer {
    /** It runs there, or ran there and has ended since. */
    record Runs(DestinationState.Ran proof) implements DestinationAnswer {}

    /** It runs there, and lacks memory that only the source's copy has. */
    record Lacks(DestinationState.Lacking proof) implements DestinationAnswer {}

    /** It has not run there and never will; that is on the destination's disk. */
    record NeverRan(DestinationState.NeverRan proof) implements DestinationAnswer {}

    /** It isn't settled there yet: ask again. */
    record Undecided() implements DestinationAnswer {}

    /** It ran there and was lost: nothing of it runs there any more. */
    record Lost() implements DestinationAnswer {}

    /** It was to start anew there, is gone, and nobody knows whether it ran. */
    record MayHaveRun() implements DestinationAnswer {}

    /** It is there, and does not tell. */
    record Withheld(String why) implements DestinationAnswer {}

    /** Nobody is there, or it has no journal of it. */
    record Unreachable(String why) implements DestinationAnswer {}
}
