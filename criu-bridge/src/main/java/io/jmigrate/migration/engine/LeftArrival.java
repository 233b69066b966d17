package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.DestinationFacts;

/** What is there of one arrival at the destination, whoever has worked on it: what a recovery sees of it and does about it. Every method throws {@code Failure}. */
public interface LeftArrival {
    /** What can be seen of one that nobody works on. */
    DestinationFacts facts();

    /** Whether one that was told to go was let go, or can be still. */
    boolean isLetGo();

    /** Kills a tree that was never let go, if it is still there. */
    void kill();

    /**
     * Removes everything of a container that never ran: processes, cgroups, network, bundle, and at last its images, so that whoever
     * finds these knows that not everything was removed. Another container that has its name by now is left alone.
     */
    void discard();

    /** Makes a container that has ended of a tree that was resumed, or may have been started, and is gone. Its images stay. */
    void conclude();

    /** Makes a running container with an open network of a tree that was let go, or can be, while nobody was there to do it. Its images stay. */
    void adopt();

    /** Removes what was needed for the restore: CRIU's images, and the remains of a CRIU that was killed. */
    void removeImages();
}
