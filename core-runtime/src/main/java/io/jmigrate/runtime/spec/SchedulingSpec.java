package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/** {@code process.scheduler}, {@code process.ioPriority} and {@code process.execCPUAffinity}. */
public record SchedulingSpec(Optional<Scheduler> scheduler, Optional<IoPriority> ioPriority, Affinity affinity) {
    /** Times are unsigned nanoseconds. */
    public record Scheduler(
            String policy, long nice, long priority, List<String> flags, long runtime, long deadline, long period) {}

    /** Class and level. */
    public record IoPriority(String ioClass, long priority) {}

    /** Lists of processors. */
    public record Affinity(Optional<String> initial, Optional<String> last) {
        /** Absent. */
        static final Affinity NONE = new Affinity(Optional.empty(), Optional.empty());
    }
}
