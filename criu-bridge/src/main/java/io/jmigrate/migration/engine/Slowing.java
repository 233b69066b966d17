package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.ThrottleSteps;
import io.jmigrate.runtime.cgroup.CpuQuota;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.Optional;

/**
 * Slows a container that writes faster than can be sent. What it could use before is in the journal before that is changed, so that
 * whoever ends the migration gives it back.
 */
final class Slowing {
    private final Throttle throttle;
    private final Grip grip;
    private final SourceCourse course;
    private long begunNanos = System.nanoTime();
    private long usedBefore;
    private Optional<Slowed> slowed = Optional.empty();

    /** @param processors how many it used before it was slowed, a fraction too @param given what it may use by now */
    private record Slowed(CpuQuota before, double processors, CpuQuota given) {}

    Slowing(Throttle throttle, Grip grip, SourceCourse course) {
        this.throttle = throttle;
        this.grip = grip;
        this.course = course;
    }

    /** Begins to measure what it uses. */
    void watch() {
        usedBefore = throttle.usedNanos();
        begunNanos = System.nanoTime();
    }

    /** Goes to one of the steps. @return whether that is slower: its kernel may refuse, and its user may have changed its limits meanwhile */
    boolean to(ThrottleSteps steps) {
        Slowed now = slowed.orElseGet(this::begin);
        slowed = Optional.of(now);
        if (!throttle.quota().equals(now.given())) {
            return false;
        }
        CpuQuota next = now.before().atMost(now.processors() * steps.percent() / 100);
        try {
            throttle.limit(next);
        } catch (Failure e) {
            return unlessRefused(e);
        }
        slowed = Optional.of(new Slowed(now.before(), now.processors(), next));
        return true;
    }

    /** With a burst, say, that is more than the quota would be (sched-bwc.rst). */
    private boolean unlessRefused(Failure failure) {
        if (failure.code() != RuntimeCode.LIMIT_REFUSED) {
            throw failure;
        }
        course.warn(failure);
        return false;
    }

    private Slowed begin() {
        double used = throttle.usedNanos() - usedBefore;
        long passed = Math.max(1, System.nanoTime() - begunNanos);
        CpuQuota before = throttle.quota();
        course.slow(before);
        grip.slow(before);
        return new Slowed(before, used / passed, before);
    }
}
