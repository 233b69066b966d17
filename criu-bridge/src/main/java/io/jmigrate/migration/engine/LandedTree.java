package io.jmigrate.migration.engine;

/** The processes of an arrival at this host of which the journal says that they were told to go: restored, or started anew. */
sealed interface LandedTree permits RestoredHere, StartedHere {
    /** Whether they were let go, or can be still. */
    boolean isLetGo();

    /** Whether memory was to follow, or that is not known. */
    boolean mayLackMemory();

    /** Lets them go unless they were, and makes a running container of them. */
    void finish();

    /** They are gone: makes a container of them that has ended. */
    void conclude();
}
