package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.Scheduling;
import io.jmigrate.runtime.plan.step.ScheduleProcess;
import io.jmigrate.runtime.plan.step.SetCpuAffinity;
import io.jmigrate.runtime.plan.step.SetIoPriority;
import io.jmigrate.runtime.plan.step.SetMemoryPolicy;
import io.jmigrate.runtime.plan.step.SetPersonality;
import io.jmigrate.runtime.plan.step.Step;
import java.util.ArrayList;
import java.util.List;

/** The steps about what a process gets of processors, disks and memory, and about what it takes the machine for. */
final class SchedulingSteps {
    private final Config config;
    private final Scheduling scheduling;

    SchedulingSteps(Config config, Scheduling scheduling) {
        this.config = config;
        this.scheduling = scheduling;
    }

    /** Before the cgroups are joined, of a process that is executed in a container. */
    List<Step> initialAffinity() {
        return affinity(scheduling.affinity().initial());
    }

    /** After that. */
    List<Step> lastAffinity() {
        return affinity(scheduling.affinity().last());
    }

    private static List<Step> affinity(List<Integer> cpus) {
        return cpus.isEmpty() ? List.of() : List.of(new SetCpuAffinity(cpus));
    }

    /**
     * In the process itself, as some policies are not inherited or keep a process from making others; while it has its
     * privileges, and before a filter that might forbid it.
     */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        scheduling.scheduler().ifPresent(scheduler -> steps.add(ScheduleProcess.as(scheduler)));
        scheduling
                .ioPriority()
                .ifPresent(priority -> steps.add(new SetIoPriority(priority.ioClass(), priority.level())));
        config.memoryPolicy().ifPresent(policy -> steps.add(SetMemoryPolicy.of(policy)));
        config.personality().ifPresent(personality -> steps.add(new SetPersonality(personality)));
        return steps;
    }
}
