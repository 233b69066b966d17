package io.jmigrate.archive.consent;

import java.util.Locale;

/** Parts of a config.json that nobody takes from a stranger unasked. */
public enum SpecPart {
    /** Files of the host, filesystems of devices, and mounts that spread to the host. */
    MOUNTS,
    /** Devices beyond the usual ones, and devices of the network. */
    DEVICES,
    /** Capabilities beyond those that containers usually have. */
    CAPABILITIES,
    /** Namespaces of the host or of others. */
    NAMESPACES,
    /** Paths of /proc and /sys that give power over the host, left open. */
    UNMASKED,
    /** A place among the host's cgroups, and files there by name. */
    CGROUPS,
    /** Profiles of AppArmor and SELinux. */
    LABELS,
    /** Programs of the host that are run as root. */
    HOOKS,
    /** Whatever somebody reads out of them. */
    ANNOTATIONS;

    /** As it is written: {@code mounts}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the container can be restored without it. */
    boolean dispensable() {
        return this == HOOKS || this == ANNOTATIONS || this == CGROUPS || this == LABELS;
    }
}
