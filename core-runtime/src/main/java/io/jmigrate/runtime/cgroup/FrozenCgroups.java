package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;

/** Cgroups of version 2 that stand still, by whoever has frozen them or one above them (cgroup-v2.rst, "cgroup.freeze"). */
public final class FrozenCgroups {
    private FrozenCgroups() {}

    /** Whether a process is in one; false if it has ended, or the host has none. */
    public static boolean hold(int pid) {
        try {
            return CgroupHierarchies.of(MountInfo.ofSelf(), pid)
                    .unifiedPlaceOfProcess()
                    .flatMap(place -> new CgroupDirectory(place).readIfThere("cgroup.events"))
                    .filter(events -> events.lines().anyMatch("frozen 1"::equals))
                    .isPresent();
        } catch (IOException | Failure e) {
            return false; // it has ended
        }
    }
}
