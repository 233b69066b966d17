package io.jmigrate.runtime.cgroup;

/** Opens cgroups. Opening touches nothing. */
public interface Cgroups {
    /** The cgroups of this host. */
    static Cgroups ofHost() {
        return paths -> paths.places().isEmpty() ? new AbsentCgroup() : new HostCgroup(paths);
    }

    /** The cgroup with these directories, whether or not they exist; without any, one that has no members and can do nothing. */
    Cgroup open(CgroupPaths paths);
}
