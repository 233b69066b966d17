package io.jmigrate.runtime.cgroup.systemd;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Cgroups;

/**
 * Opens cgroups of either kind: those of units as such, others as they are.
 *
 * @param files opens the directories
 * @param systemd whom to ask about units; nobody is asked where there are none
 */
public record SystemdCgroups(Cgroups files, Systemd.Connector systemd) implements Cgroups {
    @Override
    public Cgroup open(CgroupPaths paths) {
        Cgroup cgroup = files.open(paths);
        return paths.unit().isPresent() ? new UnitCgroup(cgroup, systemd) : cgroup;
    }
}
