package io.jmigrate.migration.engine;

import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A container that uses two processors as long as it may. */
final class FakeThrottle implements Throttle {
    static final CpuQuota USUAL = new CpuQuota(Optional.empty(), 100_000);

    private final List<CpuQuota> limits = new ArrayList<>();
    private CpuQuota configured = USUAL;
    private boolean refuses;
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
        if (refuses) {
            throw Failure.of(RuntimeCode.LIMIT_REFUSED, "its burst is more than that");
        }
        limits.add(quota);
    }

    /** Its user gives it another limit, as update does. */
    void update(CpuQuota quota) {
        configured = quota;
        limits.add(quota);
    }

    /** Its kernel lets it have no less than it has. */
    void refuse() {
        refuses = true;
    }

    @Override
    public boolean isAsConfigured() {
        return quota().equals(configured);
    }

    @Override
    public long usedNanos() {
        return 2 * (System.nanoTime() - begun);
    }
}
