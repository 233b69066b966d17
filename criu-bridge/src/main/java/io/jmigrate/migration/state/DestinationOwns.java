package io.jmigrate.migration.state;

/** The source has committed: nothing that it does on its own may let its copy run again. */
public sealed interface DestinationOwns extends SourceState permits SourceState.Open, SourceState.Completed {}
