package io.jmigrate.criu;

/** How much of its private memory a dump leaves in the tree, for whoever listens to it. */
public enum LeftMemory {
    /** CRIU writes all. */
    NONE,
    /** All, if it is so much that CRIU had better not write it: the images are complete when the listener has taken it. */
    MUCH,
    /** All. The images say that they lack it. */
    ALL
}
