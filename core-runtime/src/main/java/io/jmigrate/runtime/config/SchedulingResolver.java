package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.MemoryPolicySpec;
import io.jmigrate.runtime.spec.PersonalitySpec;
import io.jmigrate.runtime.spec.SchedulingSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Resolves what has no problems. */
final class SchedulingResolver {
    private SchedulingResolver() {}

    static Scheduling resolve(SchedulingSpec spec) {
        return new Scheduling(
                spec.scheduler().map(SchedulingResolver::scheduler),
                spec.ioPriority().map(SchedulingResolver::ioPriority),
                new CpuAffinity(
                        numbers(spec.affinity().initial()),
                        numbers(spec.affinity().last())));
    }

    private static Scheduler scheduler(SchedulingSpec.Scheduler spec) {
        return new Scheduler(
                known(Scheduler.Policy.named(spec.policy())),
                (int) spec.nice(),
                (int) spec.priority(),
                spec.flags().stream()
                        .map(flag -> known(Scheduler.Flag.named(flag)))
                        .collect(Collectors.toUnmodifiableSet()),
                spec.runtime(),
                spec.deadline(),
                spec.period());
    }

    private static IoPriority ioPriority(SchedulingSpec.IoPriority spec) {
        return new IoPriority(known(IoPriority.Class.named(spec.ioClass())), (int) spec.priority());
    }

    static Personality personality(PersonalitySpec spec) {
        return known(Personality.named(spec.domain()));
    }

    static MemoryPolicy memoryPolicy(MemoryPolicySpec spec) {
        return new MemoryPolicy(
                known(MemoryPolicy.Mode.named(spec.mode())),
                spec.flags().stream()
                        .map(flag -> known(MemoryPolicy.Flag.named(flag)))
                        .collect(Collectors.toUnmodifiableSet()),
                numbers(spec.nodes()));
    }

    private static List<Integer> numbers(Optional<String> text) {
        return text.map(list -> known(NumberList.parse(list))).orElse(List.of());
    }

    private static <T> T known(Optional<T> value) {
        return value.orElseThrow(() -> new IllegalArgumentException("not a validated spec"));
    }
}
