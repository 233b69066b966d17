package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.ThrottleSteps;
import io.jmigrate.runtime.cgroup.CpuQuota;
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

    /** @param processors how many it used before it was slowed, a fraction too */
    private record Slowed(CpuQuota before, double processors) {}

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

    /** Goes to one of the steps. */
    void to(ThrottleSteps steps) {
        Slowed now = slowed.orElseGet(this::begin);
        slowed = Optional.of(now);
        throttle.limit(now.before().atMost(now.processors() * steps.percent() / 100));
    }

    private Slowed begin() {
        double used = throttle.usedNanos() - usedBefore;
        long passed = Math.max(1, System.nanoTime() - begunNanos);
        CpuQuota before = throttle.quota();
        course.slow(before);
        grip.slow(before);
        return new Slowed(before, used / passed);
    }
}
