package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.cgroup.stats.Statistics;

/** That of a container on this host. */
record LocalThrottle(Cgroup cgroup) implements Throttle {
    @Override
    public CpuQuota quota() {
        return CpuQuota.of(cgroup.paths());
    }

    @Override
    public void limit(CpuQuota quota) {
        quota.giveTo(cgroup.paths());
    }

    @Override
    public long usedNanos() {
        return Statistics.of(cgroup.paths()).cpu().totalNanos();
    }
}
