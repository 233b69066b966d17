package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesSpec.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Processor time (kernel documentation, scheduler/sched-bwc.rst and sched-rt-group.rst; cgroup-v2.rst, "CPU"). A group that is idle takes
 * no weight: its shares are left for later.
 */
final class CpuSettings {
    private static final String PERIOD_MICROS_DEFAULT = "100000";
    private static final long SHARES_MIN = 2;
    private static final long SHARES_MAX = 262_144;
    private static final long WEIGHT_MAX = 10_000;

    private CpuSettings() {}

    static List<CgroupSetting> version1(Resources resources, Predicate<String> has) {
        Cpu cpu = resources.cpu();
        List<CgroupSetting> settings = new ArrayList<>();
        cpu.idle().ifPresent(idle -> settings.add(CgroupSetting.of("cpu.idle", "cpu.idle", idle)));
        shares(cpu)
                .ifPresent(shares ->
                        settings.add(CgroupSetting.of("cpu.shares", "cpu.shares", withinKernelsRange(shares))));
        unsigned(settings, "cpu.period", "cpu.cfs_period_us", cpu.period());
        unsigned(settings, "cpu.burst", "cpu.cfs_burst_us", cpu.burst());
        cpu.quota().ifPresent(micros -> settings.add(CgroupSetting.of("cpu.quota", "cpu.cfs_quota_us", micros)));
        settings.addAll(realtime(cpu));
        return settings;
    }

    static List<CgroupSetting> version2(Resources resources, Predicate<String> has) {
        Cpu cpu = resources.cpu();
        List<CgroupSetting> settings = new ArrayList<>();
        cpu.idle().ifPresent(idle -> settings.add(CgroupSetting.of("cpu.idle", "cpu.idle", idle)));
        shares(cpu).ifPresent(shares -> settings.add(CgroupSetting.of("cpu.shares", "cpu.weight", weight(shares))));
        unsigned(settings, "cpu.burst", "cpu.max.burst", cpu.burst());
        if (cpu.quota().isPresent() || cpu.period().isPresent()) {
            String cause = cpu.quota().isPresent() ? "cpu.quota" : "cpu.period";
            settings.add(CgroupSetting.of(cause, "cpu.max", bandwidth(cpu)));
        }
        settings.addAll(realtime(cpu));
        return settings;
    }

    private static Optional<Long> shares(Cpu cpu) {
        boolean idle = cpu.idle().filter(value -> value == 1).isPresent();
        return idle ? Optional.empty() : cpu.shares();
    }

    /** The kernel would take the nearest number that it has instead. */
    private static String withinKernelsRange(long shares) {
        if (Long.compareUnsigned(shares, SHARES_MIN) < 0 || Long.compareUnsigned(shares, SHARES_MAX) > 0) {
            throw Failure.of(
                    RuntimeCode.INVALID_CONFIG,
                    "$.linux.resources.cpu.shares must be from " + SHARES_MIN + " to " + SHARES_MAX + ", is "
                            + Long.toUnsignedString(shares));
        }
        return Long.toString(shares);
    }

    private static String bandwidth(Cpu cpu) {
        String quota =
                cpu.quota().filter(micros -> micros > 0).map(String::valueOf).orElse("max");
        return quota + " " + cpu.period().map(Long::toUnsignedString).orElse(PERIOD_MICROS_DEFAULT);
    }

    /** runC's curve since 1.4 through (2, 1), (1024, 100) and (262144, 10000): what is the default in v1 is so in v2. */
    private static long weight(long shares) {
        if (Long.compareUnsigned(shares, SHARES_MIN) <= 0) {
            return 1;
        }
        if (Long.compareUnsigned(shares, SHARES_MAX) >= 0) {
            return WEIGHT_MAX;
        }
        double log = Math.log(shares) / Math.log(2);
        double exponent = (log * log + 125 * log) / 612.0 - 7.0 / 34.0;
        return (long) Math.ceil(Math.pow(10, exponent));
    }

    /** In v2 the file does not exist: realtime groups are v1's. */
    private static List<CgroupSetting> realtime(Cpu cpu) {
        List<CgroupSetting> settings = new ArrayList<>();
        unsigned(settings, "cpu.realtimePeriod", "cpu.rt_period_us", cpu.realtimePeriod());
        cpu.realtimeRuntime()
                .ifPresent(
                        micros -> settings.add(CgroupSetting.of("cpu.realtimeRuntime", "cpu.rt_runtime_us", micros)));
        return settings;
    }

    private static void unsigned(List<CgroupSetting> settings, String limit, String file, Optional<Long> value) {
        value.map(Long::toUnsignedString).ifPresent(number -> settings.add(CgroupSetting.of(limit, file, number)));
    }
}
