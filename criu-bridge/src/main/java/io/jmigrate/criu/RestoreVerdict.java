package io.jmigrate.criu;

/** What becomes of a tree that is held after its restore. */
public enum RestoreVerdict {
    /** The tree runs. */
    RESUME,
    /** CRIU kills the tree; it never ran. */
    KILL
}
