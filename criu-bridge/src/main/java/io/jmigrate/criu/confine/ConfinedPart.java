package io.jmigrate.criu.confine;

import java.util.Locale;

/** In what images may exceed a bundle. */
public enum ConfinedPart {
    /** Capabilities that the bundle gives nobody. */
    CAPABILITIES,
    /** Users and groups that nobody in the container can become. */
    IDS,
    /** Programs that give privileges, where the bundle forbids them (no_new_privs). */
    PRIVILEGES,
    /** System calls without a filter. */
    SECCOMP,
    /** Other profiles of security modules. */
    LABELS,
    /** Namespaces of the host, and other ids of the user namespace. */
    NAMESPACES,
    /** Other filesystems, or with fewer restrictions. */
    MOUNTS,
    /** Paths that the bundle hides or makes read-only, left open. */
    UNMASKED,
    /** Limits that were changed while it ran, to more than the bundle gives. */
    LIMITS,
    /** Higher limits of resources, a better chance when memory runs out, and more of the processors. */
    RESOURCES;

    /** As it is written: {@code mounts}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
