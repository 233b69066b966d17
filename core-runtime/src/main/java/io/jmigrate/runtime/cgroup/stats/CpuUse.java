package io.jmigrate.runtime.cgroup.stats;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Processor time in nanoseconds.
 *
 * @param perCpu of each processor; empty in v2, which doesn't tell
 * @param perCpuKernel as perCpu, in the kernel
 * @param perCpuUser as perCpu, in user space
 * @param throttledPeriods periods whose quota was used up, of all periods
 */
public record CpuUse(
        long totalNanos,
        long kernelNanos,
        long userNanos,
        List<Long> perCpu,
        List<Long> perCpuKernel,
        List<Long> perCpuUser,
        long periods,
        long throttledPeriods,
        long throttledNanos) {
    /** USER_HZ, the same on all architectures that this runs on (time(7)). */
    private static final long NANOS_PER_TICK = 1_000_000_000 / 100;

    private static final long NANOS_PER_MICRO = 1000;
    private static final int KERNEL_COLUMN = 2;

    static CpuUse version1(Texts cpuacct, Texts cpu) {
        Map<String, Long> ticks = cpuacct.numbers("cpuacct.stat");
        Map<String, Long> throttling = cpu.numbers("cpu.stat");
        List<Long> perCpu = cpuacct.lines("cpuacct.usage_percpu").stream()
                .flatMap(line -> Stream.of(line.strip().split(" ")))
                .map(Long::parseUnsignedLong)
                .toList();
        return new CpuUse(
                cpuacct.numberOrZero("cpuacct.usage"),
                ticks.getOrDefault("system", 0L) * NANOS_PER_TICK,
                ticks.getOrDefault("user", 0L) * NANOS_PER_TICK,
                perCpu,
                column(cpuacct, KERNEL_COLUMN),
                column(cpuacct, 1),
                throttling.getOrDefault("nr_periods", 0L),
                throttling.getOrDefault("nr_throttled", 0L),
                throttling.getOrDefault("throttled_time", 0L));
    }

    private static List<Long> column(Texts cpuacct, int column) {
        return cpuacct.lines("cpuacct.usage_all").stream()
                .skip(1) // the titles
                .map(line -> Long.parseUnsignedLong(line.split(" ")[column]))
                .toList();
    }

    static CpuUse version2(Texts cpu) {
        Map<String, Long> stat = cpu.numbers("cpu.stat");
        return new CpuUse(
                stat.getOrDefault("usage_usec", 0L) * NANOS_PER_MICRO,
                stat.getOrDefault("system_usec", 0L) * NANOS_PER_MICRO,
                stat.getOrDefault("user_usec", 0L) * NANOS_PER_MICRO,
                List.of(),
                List.of(),
                List.of(),
                stat.getOrDefault("nr_periods", 0L),
                stat.getOrDefault("nr_throttled", 0L),
                stat.getOrDefault("throttled_usec", 0L) * NANOS_PER_MICRO);
    }
}
