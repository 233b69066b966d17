package io.jmigrate.criu;

/** How a dump ends for the tree that was dumped. */
public enum DumpVerdict {
    /** CRIU kills the tree: its life goes on elsewhere, or in the images. */
    KILL,
    /** CRIU thaws the tree and unlocks its sockets: it runs on as if nothing had been. */
    THAW,

    /**
     * CRIU lets go of the tree, which stays frozen by its cgroup: only somebody else can say whether it may run again.
     */
    LEAVE_FROZEN
}
