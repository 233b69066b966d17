package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.CpuQuota;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container that uses two processors as long as it may. */
final class FakeThrottle implements Throttle {
    static final CpuQuota USUAL = new CpuQuota(Optional.empty(), 100_000);

    private final List<CpuQuota> limits = new ArrayList<>();
    private final long begun = System.nanoTime();

    /** What it was limited to, in order. */
    List<CpuQuota> limits() {
        return limits;
    }

    @Override
    public CpuQuota quota() {
        return limits.isEmpty() ? USUAL : limits.getLast();
    }

    @Override
    public void limit(CpuQuota quota) {
        limits.add(quota);
    }

    @Override
    public long usedNanos() {
        return 2 * (System.nanoTime() - begun);
    }
}
