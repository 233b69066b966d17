package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.CgroupPlace;
import java.nio.file.Path;
import java.util.List;

/**
 * One mounted hierarchy of control groups.
 *
 * @param controllers of a v1 hierarchy; empty for v2
 * @param mountPoint where it is mounted
 * @param mountRoot which cgroup of the hierarchy is seen at the mount point: {@code /}, or below it in a container that has no
 *     cgroup namespace
 * @param callerPath the cgroup of the calling process, as /proc/PID/cgroup has it
 */
record CgroupHierarchy(List<String> controllers, Path mountPoint, Path mountRoot, Path callerPath) {
    boolean isUnified() {
        return controllers.isEmpty();
    }

    /** The directory of the calling process, as it is reached through the mount. */
    Path callerDirectory() {
        Path below = callerPath.startsWith(mountRoot) ? mountRoot.relativize(callerPath) : Path.of("");
        return mountPoint.resolve(below).normalize();
    }

    CgroupPlace place(Path directory) {
        return new CgroupPlace(controllers, mountPoint, directory);
    }
}
