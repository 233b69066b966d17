package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.CgroupHierarchies;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Placement;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Places containers among the units of systemd.
 *
 * @param running a directory that is there where systemd has started the host (sd_booted(3))
 */
public record UnitPlacement(Path running) implements Placement {
    /** Of this host. */
    public static final Placement OF_HOST = new UnitPlacement(Path.of("/run/systemd/system"));

    @Override
    public CgroupPaths place(CgroupHierarchies hierarchies, Optional<String> cgroupsPath, String id) {
        if (!Files.isDirectory(running)) {
            throw Failure.of(
                    RuntimeCode.SYSTEMD,
                    "systemd can't make the container's cgroup: it is not the service manager of this host, as there is no "
                            + running);
        }
        UnitPlace place = UnitPlace.of(cgroupsPath, id);
        return hierarchies.below(place.directory(), place.unit());
    }
}
