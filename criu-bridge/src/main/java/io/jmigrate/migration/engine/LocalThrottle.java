package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.Cgroup;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.config.Config;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * That of a container on this host.
 *
 * @param config of the container, as it is now; empty if that is gone
 */
record LocalThrottle(Cgroup cgroup, Supplier<Optional<Config>> config) implements Throttle {
    @Override
    public CpuQuota quota() {
        return CpuQuota.of(cgroup.paths());
    }

    @Override
    public void limit(CpuQuota quota) {
        quota.giveTo(cgroup.paths());
    }

    /** Nobody has slowed what is gone. */
    @Override
    public boolean isAsConfigured() {
        if (cgroup.processes().isEmpty()) {
            return true;
        }
        return config.get()
                .map(now -> now.resources().cpu().quota().filter(micros -> micros > 0))
                .map(wanted -> wanted.equals(quota().micros()))
                .orElse(true);
    }

    @Override
    public long usedNanos() {
        return Statistics.of(cgroup.paths()).cpu().totalNanos();
    }
}
