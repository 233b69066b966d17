package io.jmigrate.runtime.plan.step;

import java.util.List;

/** Runs on these processors only (sched_setaffinity(2)). */
public record SetCpuAffinity(List<Integer> cpus) implements Step {
    public SetCpuAffinity {
        cpus = List.copyOf(cpus);
    }

    @Override
    public String describe() {
        return "run on the processors " + cpus;
    }
}
