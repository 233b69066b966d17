package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.CpuQuota;

/** How much processor time a container may use and has used. Every method throws {@code Failure}. */
public interface Throttle {
    /** What it may use now. */
    CpuQuota quota();

    /** Changes what it may use; nothing happens if it is gone. */
    void limit(CpuQuota quota);

    /** Whether it may use what its config says: whoever changes its limits changes that, too. Also if it is gone. */
    boolean isAsConfigured();

    /** Gives it what it could use before it was slowed, unless its limits were changed since. */
    default void giveBack(CpuQuota usual) {
        if (!isAsConfigured()) {
            limit(usual);
        }
    }

    /** What it has used, of all processors together. */
    long usedNanos();
}
