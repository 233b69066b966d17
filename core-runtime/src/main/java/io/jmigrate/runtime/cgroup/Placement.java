package io.jmigrate.runtime.cgroup;

import java.util.Optional;

/** Decides where containers go. */
@FunctionalInterface
public interface Placement {
    /**
     * @param hierarchies those of the process on whose behalf a container is made
     * @param cgroupsPath the config's {@code linux.cgroupsPath}
     * @param id the container's id, for a config without one
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG for a path that says no place, SYSTEMD if this host has none and it is
     *     wanted
     */
    CgroupPaths place(CgroupHierarchies hierarchies, Optional<String> cgroupsPath, String id);
}
