package io.jmigrate.migration.plan;

/** How the root filesystem gets to the destination. */
public enum RootfsMode {
    /** Copied while the container runs; what changed since then follows while it is frozen. */
    COPY,
    /** It is there already: the same storage is mounted at the same path on both nodes. */
    SHARED,
    /** The upper layer of an overlay is copied likewise; the lower ones are there already, with the same content at the same paths. */
    DIFF
}
