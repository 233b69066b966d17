package io.jmigrate.runtime.cgroup.stats;

import java.util.Map;

/**
 * Memory in bytes; a limit that there is not is the largest unsigned number.
 *
 * @param cache of files
 * @param withSwap memory and swap together, as v1 counts
 * @param kernel the kernel's own; zeros in v2, where it is in raw
 * @param kernelTcp buffers of TCP; zeros in v2
 * @param raw memory.stat, by the names that the kernel gives
 * @param oomKills processes that the kernel has killed for lack of memory
 */
public record MemoryUse(
        long cache,
        Counter memory,
        Counter withSwap,
        Counter kernel,
        Counter kernelTcp,
        Map<String, Long> raw,
        long oomKills) {
    /** @param failures how often the limit was hit */
    public record Counter(long limit, long used, long peak, long failures) {
        static final Counter NONE = new Counter(0, 0, 0, 0);
    }

    static MemoryUse version1(Texts texts) {
        Map<String, Long> raw = texts.numbers("memory.stat");
        return new MemoryUse(
                raw.getOrDefault("cache", 0L),
                counter1(texts, "memory"),
                counter1(texts, "memory.memsw"),
                counter1(texts, "memory.kmem"),
                counter1(texts, "memory.kmem.tcp"),
                raw,
                oomKills1(texts));
    }

    static long oomKills1(Texts texts) {
        return texts.numbers("memory.oom_control").getOrDefault("oom_kill", 0L);
    }

    private static Counter counter1(Texts texts, String prefix) {
        return new Counter(
                texts.numberOrZero(prefix + ".limit_in_bytes"),
                texts.numberOrZero(prefix + ".usage_in_bytes"),
                texts.numberOrZero(prefix + ".max_usage_in_bytes"),
                texts.numberOrZero(prefix + ".failcnt"));
    }

    static MemoryUse version2(Texts texts) {
        Map<String, Long> raw = texts.numbers("memory.stat");
        Counter memory = counter2(texts, "memory");
        return new MemoryUse(
                raw.getOrDefault("file", 0L),
                memory,
                together(memory, texts),
                Counter.NONE,
                Counter.NONE,
                raw,
                oomKills2(texts));
    }

    static long oomKills2(Texts texts) {
        return texts.numbers("memory.events").getOrDefault("oom_kill", 0L);
    }

    private static Counter counter2(Texts texts, String prefix) {
        return new Counter(
                texts.numberOrZero(prefix + ".max"),
                texts.numberOrZero(prefix + ".current"),
                texts.numberOrZero(prefix + ".peak"),
                0);
    }

    /** v2 counts swap alone. Peaks at different times can't be added. */
    private static Counter together(Counter memory, Texts texts) {
        if (texts.number("memory.swap.current").isEmpty()) {
            return Counter.NONE;
        }
        Counter swap = counter2(texts, "memory.swap");
        boolean unlimited = swap.limit() == -1 || memory.limit() == -1;
        return new Counter(
                unlimited ? -1 : memory.limit() + swap.limit(), memory.used() + swap.used(), 0, swap.failures());
    }
}
