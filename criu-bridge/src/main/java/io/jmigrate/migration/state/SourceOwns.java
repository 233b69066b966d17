package io.jmigrate.migration.state;

/** The source alone decides; whatever fails, the container goes on here. */
public sealed interface SourceOwns extends SourceState
        permits SourceState.Preflight,
                SourceState.PreCopy,
                SourceState.Frozen,
                SourceState.Restoring,
                SourceState.Held,
                SourceState.Aborted {
    /** Gives the migration up. */
    default SourceState.Aborted aborted() {
        return new SourceState.Aborted();
    }

    @Override
    default String whereabouts() {
        return switch (place()) {
            case SOURCE_FROZEN -> "it is frozen at the source";
            case SOURCE, ENDED, DESTINATION, DIVIDED, IN_DOUBT ->
                "it is at the source"; // created, stopped or paused, if it was so
        };
    }
}
