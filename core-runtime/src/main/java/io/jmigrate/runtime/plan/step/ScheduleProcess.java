package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.config.Scheduler.Flag;
import io.jmigrate.runtime.config.Scheduler.Policy;
import java.util.Set;

/** Sets the scheduling policy (sched_setattr(2)); for the parameters see {@link Scheduler}. */
public record ScheduleProcess(
        Policy policy, int nice, int priority, Set<Flag> flags, long runtime, long deadline, long period)
        implements Step {

    public static ScheduleProcess as(Scheduler scheduler) {
        return new ScheduleProcess(
                scheduler.policy(),
                scheduler.nice(),
                scheduler.priority(),
                scheduler.flags(),
                scheduler.runtimeNanos(),
                scheduler.deadlineNanos(),
                scheduler.periodNanos());
    }

    @Override
    public String describe() {
        return "set the scheduling policy " + policy.ociName();
    }
}
