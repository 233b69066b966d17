package io.jmigrate.runtime.config;

import java.nio.file.Path;
import java.util.List;

/**
 * A container's cgroup in one hierarchy.
 *
 * @param controllers of a version 1 hierarchy ({@code cpu}, {@code cpuacct}; {@code name=systemd} for one without a
 *     controller); empty for the version 2 hierarchy
 * @param mountPoint where the host has mounted the hierarchy
 * @param directory the container's directory below it
 */
public record CgroupPlace(List<String> controllers, Path mountPoint, Path directory) {
    /** The file that takes the pid of a process to be moved here. */
    public Path procs() {
        return directory.resolve("cgroup.procs");
    }

    public boolean isVersion2() {
        return controllers.isEmpty();
    }
}
