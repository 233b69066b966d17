package io.jmigrate.runtime.config;

import java.util.Optional;

/** What a process gets of processors and disks when others want them too; what is absent stays as the caller has it. */
public record Scheduling(Optional<Scheduler> scheduler, Optional<IoPriority> ioPriority, CpuAffinity affinity) {
    /** All as the caller has it. */
    public static final Scheduling NONE = new Scheduling(Optional.empty(), Optional.empty(), CpuAffinity.NONE);
}
