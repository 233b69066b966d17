package io.jmigrate.runtime.cgroup;

/** Opens cgroups. Opening touches nothing. */
public interface Cgroups {
    /** The cgroups of this host. */
    static Cgroups ofHost() {
        return HostCgroup::new;
    }

    /** The cgroup with these directories, whether or not they exist. */
    Cgroup open(CgroupPaths paths);
}
