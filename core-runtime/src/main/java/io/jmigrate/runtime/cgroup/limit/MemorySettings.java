package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.spec.ResourcesSpec.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Memory (kernel documentation, cgroup-v1/memory.rst; cgroup-v2.rst, "Memory"). */
final class MemorySettings {
    private static final long UNLIMITED = -1;
    private static final String SWAP_1 = "memory.memsw.limit_in_bytes";
    private static final String OOM_CONTROL = "memory.oom_control";
    private static final String SWAP_2 = "memory.swap.max";

    private MemorySettings() {}

    /** No limit of memory, and none given for memory and swap together, is none for both where swap is counted. */
    static List<CgroupSetting> version1(Resources resources, Predicate<String> has) {
        Memory memory = resources.memory();
        List<CgroupSetting> settings = new ArrayList<>();
        number(settings, "memory.limit", "memory.limit_in_bytes", memory.limit());
        if (isUnlimitedWithoutSwap(memory) && has.test(SWAP_1)) {
            settings.add(CgroupSetting.of("memory.limit", SWAP_1, UNLIMITED));
        }
        number(settings, "memory.swap", SWAP_1, memory.swap());
        number(settings, "memory.reservation", "memory.soft_limit_in_bytes", memory.reservation());
        number(settings, "memory.kernelTCP", "memory.kmem.tcp.limit_in_bytes", memory.kernelTcp());
        settings.addAll(knobsOfVersion1(memory, has));
        memory.useHierarchy()
                .ifPresent(on ->
                        settings.add(CgroupSetting.of("memory.useHierarchy", "memory.use_hierarchy", on ? "1" : "0")));
        return settings;
    }

    static List<CgroupSetting> version2(Resources resources, Predicate<String> has) {
        Memory memory = resources.memory();
        List<CgroupSetting> settings = new ArrayList<>();
        swapAlone(memory)
                .filter(bytes -> isLimited(bytes) || has.test(SWAP_2))
                .ifPresent(bytes -> settings.add(CgroupSetting.of("memory.swap", SWAP_2, word(bytes))));
        memory.limit().ifPresent(bytes -> settings.add(CgroupSetting.of("memory.limit", "memory.max", word(bytes))));
        memory.reservation()
                .ifPresent(bytes -> settings.add(CgroupSetting.of("memory.reservation", "memory.low", word(bytes))));
        number(settings, "memory.kernelTCP", "memory.kmem.tcp.limit_in_bytes", memory.kernelTcp());
        settings.addAll(knobsOfVersion1(memory, has));
        memory.useHierarchy()
                .filter(on -> !on) // what v2 always does needs no asking
                .ifPresent(_ -> settings.add(CgroupSetting.of("memory.useHierarchy", "memory.use_hierarchy", "0")));
        return settings;
    }

    /** In v2 the files don't exist. */
    private static List<CgroupSetting> knobsOfVersion1(Memory memory, Predicate<String> has) {
        List<CgroupSetting> settings = new ArrayList<>();
        number(settings, "memory.swappiness", "memory.swappiness", memory.swappiness());
        memory.disableOomKiller()
                .filter(off -> off || has.test(OOM_CONTROL)) // where it can't be disabled it is enabled
                .ifPresent(
                        off -> settings.add(CgroupSetting.of("memory.disableOOMKiller", OOM_CONTROL, off ? "1" : "0")));
        return settings;
    }

    private static boolean isUnlimitedWithoutSwap(Memory memory) {
        return memory.limit().filter(bytes -> bytes == UNLIMITED).isPresent()
                && memory.swap().isEmpty();
    }

    /** Where there is no swap, none and any amount of it are the same. */
    private static boolean isLimited(long swap) {
        return swap > 0;
    }

    /** v1 limits memory and swap together, v2 swap alone. */
    private static Optional<Long> swapAlone(Memory memory) {
        if (isUnlimitedWithoutSwap(memory)) {
            return Optional.of(UNLIMITED);
        }
        return memory.swap().map(both -> swapAlone(both, memory.limit()));
    }

    private static long swapAlone(long both, Optional<Long> memory) {
        if (both == UNLIMITED || memory.filter(bytes -> bytes == UNLIMITED).isPresent()) {
            return both;
        }
        long limited = memory.filter(bytes -> bytes <= both)
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.INVALID_CONFIG,
                        "the limit of memory and swap, " + both
                                + " bytes, needs a limit of memory that is not above it"));
        return both - limited;
    }

    private static String word(long bytes) {
        return bytes == UNLIMITED ? "max" : Long.toString(bytes);
    }

    private static void number(List<CgroupSetting> settings, String limit, String file, Optional<Long> value) {
        value.ifPresent(number -> settings.add(CgroupSetting.of(limit, file, number)));
    }
}
