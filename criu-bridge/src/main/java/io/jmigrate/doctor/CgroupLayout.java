package io.jmigrate.doctor;

import io.jmigrate.runtime.linux.MountInfo;
import java.util.Collection;

/** Which versions of cgroups a host has mounted (cgroups(7)). */
public enum CgroupLayout {
    NONE("none"),
    V1("v1"),
    /** Controllers of version 1, and version 2 beside them. */
    HYBRID("hybrid"),
    V2("v2");

    private final String word;

    CgroupLayout(String word) {
        this.word = word;
    }

    /** As docs and output call it. */
    public String word() {
        return word;
    }

    /** Told by what is mounted. */
    static CgroupLayout of(Collection<MountInfo> mounts) {
        boolean first = mounts.stream().anyMatch(mount -> mount.fstype().equals("cgroup"));
        boolean second = mounts.stream().anyMatch(mount -> mount.fstype().equals("cgroup2"));
        if (first) {
            return second ? HYBRID : V1;
        }
        return second ? V2 : NONE;
    }
}
