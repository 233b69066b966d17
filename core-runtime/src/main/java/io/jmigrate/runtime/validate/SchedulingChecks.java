package io.jmigrate.runtime.validate;

import io.jmigrate.runtime.config.IoPriority;
import io.jmigrate.runtime.config.MemoryPolicy;
import io.jmigrate.runtime.config.NumberList;
import io.jmigrate.runtime.config.Personality;
import io.jmigrate.runtime.config.Scheduler;
import io.jmigrate.runtime.json.JsonPath;
import io.jmigrate.runtime.json.Problems;
import io.jmigrate.runtime.spec.MemoryPolicySpec;
import io.jmigrate.runtime.spec.PersonalitySpec;
import io.jmigrate.runtime.spec.SchedulingSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a process gets of processors, disks and memory nodes. */
final class SchedulingChecks {
    private static final String PERSONALITY = "$.linux.personality";
    private static final String MEMORY_POLICY = "$.linux.memoryPolicy";

    private SchedulingChecks() {}

    static void check(Subject subject, Problems problems) {
        subject.spec().linux().personality().ifPresent(spec -> checkPersonality(spec, problems));
        subject.spec().linux().memoryPolicy().ifPresent(spec -> checkMemoryPolicy(spec, problems));
    }

    /** Those of a process whose object is at a path of its document. */
    static void checkProcess(String path, SchedulingSpec spec, Problems problems) {
        spec.scheduler().ifPresent(scheduler -> checkScheduler(path + ".scheduler", scheduler, problems));
        spec.ioPriority()
                .ifPresent(priority -> checkName(
                        path + ".ioPriority.class",
                        priority.ioClass(),
                        IoPriority.Class::named,
                        "class of input and output",
                        problems));
        checkList(path + ".execCPUAffinity.initial", spec.affinity().initial(), problems);
        checkList(path + ".execCPUAffinity.final", spec.affinity().last(), problems);
    }

    private static void checkScheduler(String path, SchedulingSpec.Scheduler spec, Problems problems) {
        checkName(path + ".policy", spec.policy(), Scheduler.Policy::named, "scheduling policy", problems);
        checkFlags(path + ".flags", spec.flags(), Scheduler.Flag::named, problems);
        Optional<Scheduler.Policy> policy = Scheduler.Policy.named(spec.policy());
        if (policy.isEmpty()) {
            return;
        }
        if (policy.get().hasPriority() && spec.priority() == 0) {
            problems.invalid(path + ".priority", "must be from 1 to 99 for " + spec.policy());
        } else if (!policy.get().hasPriority() && spec.priority() != 0) {
            problems.invalid(path + ".priority", "must not be there: " + spec.policy() + " has none");
        }
        boolean timed = (spec.runtime() | spec.deadline() | spec.period()) != 0;
        if (timed && policy.get() != Scheduler.Policy.DEADLINE) {
            problems.invalid(path, "has runtime, deadline or period, which " + spec.policy() + " does not");
        }
    }

    private static void checkPersonality(PersonalitySpec spec, Problems problems) {
        checkName(PERSONALITY + ".domain", spec.domain(), Personality::named, "personality", problems);
        if (!spec.flags().isEmpty()) {
            problems.unsupported(PERSONALITY + ".flags", "is not supported: the specification names no flag");
        }
    }

    private static void checkMemoryPolicy(MemoryPolicySpec spec, Problems problems) {
        checkName(MEMORY_POLICY + ".mode", spec.mode(), MemoryPolicy.Mode::named, "memory policy", problems);
        checkFlags(MEMORY_POLICY + ".flags", spec.flags(), MemoryPolicy.Flag::named, problems);
        checkList(MEMORY_POLICY + ".nodes", spec.nodes(), problems);
        Optional<MemoryPolicy.Mode> mode = MemoryPolicy.Mode.named(spec.mode());
        if (mode.isPresent() && spec.nodes().isPresent() && !mode.get().takesNodes()) {
            problems.invalid(MEMORY_POLICY + ".nodes", "must not be there: " + spec.mode() + " has none");
        } else if (mode.isPresent() && spec.nodes().isEmpty() && mode.get().needsNodes()) {
            problems.invalid(MEMORY_POLICY + ".nodes", "is required for " + spec.mode());
        }
    }

    private static void checkFlags(
            String path, List<String> flags, Function<String, Optional<?>> named, Problems problems) {
        for (int i = 0; i < flags.size(); i++) {
            checkName(JsonPath.element(path, i), flags.get(i), named, "flag", problems);
        }
    }

    /** A missing name has been noted by who read it. */
    private static void checkName(
            String path, String name, Function<String, Optional<?>> named, String what, Problems problems) {
        if (!name.isEmpty() && named.apply(name).isEmpty()) {
            problems.invalid(path, "is not a " + what + ": " + JsonPath.quote(name));
        }
    }

    private static void checkList(String path, Optional<String> list, Problems problems) {
        list.filter(text -> NumberList.parse(text).isEmpty())
                .ifPresent(text -> problems.invalid(path, "must be a list such as 0-3,7, is " + JsonPath.quote(text)));
    }
}
