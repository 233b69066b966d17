package io.jmigrate.runtime.config;

/** How a host's cgroups are laid out (cgroups(7)). */
public enum CgroupMode {
    /** Controllers in hierarchies of version 1, perhaps with an empty version 2 one beside them. */
    V1,
    /** One hierarchy of version 2 with all controllers. */
    V2
}
