package io.jmigrate.migration.state;

/** The source has committed: nothing that it does on its own may let its copy run again. */
public sealed interface DestinationOwns extends SourceState permits SourceState.Committed, SourceState.Completed {
    @Override
    default String whereabouts() {
        return ended()
                ? "it runs at the destination"
                : "it is frozen at the source until the destination says whether it runs there";
    }
}
