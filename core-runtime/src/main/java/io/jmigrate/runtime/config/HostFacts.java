package io.jmigrate.runtime.config;

import java.util.List;

/**
 * What the host adds to a config before a plan can be compiled.
 *
 * @param cgroupMode how the host's cgroups are laid out
 * @param cgroups the container's cgroup in each hierarchy, as made for it; empty when it has none of its own
 * @param lastCapability the number of the kernel's newest capability (/proc/sys/kernel/cap_last_cap)
 */
public record HostFacts(CgroupMode cgroupMode, List<CgroupPlace> cgroups, int lastCapability) {
    /** The mask of the capabilities that the kernel knows. */
    public long capabilityMask() {
        return lastCapability >= Long.SIZE - 1 ? -1L : (1L << lastCapability + 1) - 1;
    }
}
