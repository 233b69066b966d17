package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.CpuQuota;

/** How much processor time a container may use and has used. Every method throws {@code Failure}. */
public interface Throttle {
    /** What it may use now. */
    CpuQuota quota();

    /** Changes what it may use; nothing happens if it is gone. */
    void limit(CpuQuota quota);

    /** What it has used, of all processors together. */
    long usedNanos();
}
