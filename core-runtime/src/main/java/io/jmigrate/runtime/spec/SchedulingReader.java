package io.jmigrate.runtime.spec;

import io.jmigrate.runtime.json.JsonFields;

/** Reads the fields of a process that are about scheduling. */
final class SchedulingReader {
    private static final long NICE_MIN = -20;
    private static final long NICE_MAX = 19;
    private static final long PRIORITY_MAX = 99;
    private static final long IO_PRIORITY_MAX = 7;

    private SchedulingReader() {}

    static SchedulingSpec scheduling(JsonFields process) {
        return new SchedulingSpec(
                process.object("scheduler").map(SchedulingReader::scheduler),
                process.object("ioPriority").map(SchedulingReader::ioPriority),
                process.object("execCPUAffinity")
                        .map(SchedulingReader::affinity)
                        .orElse(SchedulingSpec.Affinity.NONE));
    }

    private static SchedulingSpec.Scheduler scheduler(JsonFields in) {
        return new SchedulingSpec.Scheduler(
                in.requiredText("policy"),
                in.integer("nice", NICE_MIN, NICE_MAX).orElse(0L),
                in.integer("priority", 0, PRIORITY_MAX).orElse(0L),
                in.texts("flags"),
                in.unsigned64("runtime").orElse(0L),
                in.unsigned64("deadline").orElse(0L),
                in.unsigned64("period").orElse(0L));
    }

    private static SchedulingSpec.IoPriority ioPriority(JsonFields in) {
        return new SchedulingSpec.IoPriority(
                in.requiredText("class"),
                in.integer("priority", 0, IO_PRIORITY_MAX).orElse(0L));
    }

    private static SchedulingSpec.Affinity affinity(JsonFields in) {
        return new SchedulingSpec.Affinity(
                in.text("initial").filter(list -> !list.isEmpty()),
                in.text("final").filter(list -> !list.isEmpty()));
    }
}
