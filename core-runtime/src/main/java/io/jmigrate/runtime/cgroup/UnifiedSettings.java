package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Translates limits to the files of a v2 cgroup, which has none for devices ({@link DeviceFilter}). The config speaks v1, so values are converted as runC converts them. */
final class UnifiedSettings {
    private static final long PERIOD_MICROS_DEFAULT = 100_000;
    private static final long UNLIMITED = -1;

    private final List<CgroupSetting> settings = new ArrayList<>();

    private UnifiedSettings() {}

    /** @throws Failure INVALID_CONFIG for swap below memory */
    static List<CgroupSetting> of(Resources resources) {
        UnifiedSettings translation = new UnifiedSettings();
        translation.cpu(resources.cpu());
        translation.memory(resources.memory());
        resources.pidsMax().ifPresent(pids -> translation.add("pids", "pids.max", limit(pids > 0 ? pids : UNLIMITED)));
        return List.copyOf(translation.settings);
    }

    private void cpu(Resources.CpuLimits cpu) {
        cpu.shares().ifPresent(shares -> add("cpu", "cpu.weight", Long.toString(weight(shares))));
        Optional<Long> quota = cpu.quotaMicros();
        Optional<Long> period = cpu.periodMicros();
        if (quota.isPresent() || period.isPresent()) {
            String micros =
                    quota.filter(value -> value > 0).map(String::valueOf).orElse("max");
            add("cpu", "cpu.max", micros + " " + period.orElse(PERIOD_MICROS_DEFAULT));
        }
        cpu.cpus().filter(list -> !list.isEmpty()).ifPresent(list -> add("cpuset", "cpuset.cpus", list));
        cpu.mems().filter(list -> !list.isEmpty()).ifPresent(list -> add("cpuset", "cpuset.mems", list));
    }

    /** Shares 2 to 262144 become weights 1 to 10000, linearly. */
    private static long weight(long shares) {
        long bounded = Math.clamp(shares, 2, 262_144);
        return 1 + (bounded - 2) * 9999 / 262_142;
    }

    private void memory(Resources.MemoryLimits memory) {
        Optional<Long> total = memory.limit();
        total.ifPresent(bytes -> add("memory", "memory.max", limit(bytes)));
        memory.swap().ifPresent(both -> add("memory", "memory.swap.max", limit(swapAlone(both, total))));
        memory.reservation().ifPresent(bytes -> add("memory", "memory.low", limit(bytes)));
    }

    /** v1 limits memory and swap together, v2 swap alone. */
    private static long swapAlone(long both, Optional<Long> memory) {
        if (both == UNLIMITED) {
            return UNLIMITED;
        }
        long limited = memory.filter(bytes -> bytes > 0 && bytes <= both)
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INVALID_CONFIG,
                        "the limit of memory and swap, " + both
                                + " bytes, needs a limit of memory that is not above it"));
        return both - limited;
    }

    private static String limit(long value) {
        return value == UNLIMITED ? "max" : Long.toString(value);
    }

    private void add(String controller, String file, String value) {
        settings.add(new CgroupSetting(controller, file, value));
    }
}
