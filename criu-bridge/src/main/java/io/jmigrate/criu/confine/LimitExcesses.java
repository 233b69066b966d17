package io.jmigrate.criu.confine;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesSpec;
import io.jmigrate.runtime.spec.ResourcesSpec.Cpu;
import io.jmigrate.runtime.spec.ResourcesSpec.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Limits that were changed before the dump. They may be lower than the bundle's, and limit what it leaves unlimited; what gives more, or
 * can't be told to give less, exceeds it.
 */
final class LimitExcesses {
    /** Of a cgroup that was given none (cgroups(7), config-linux.md). */
    private static final long SHARES_DEFAULT = 1024;

    private static final long BLOCK_WEIGHT_DEFAULT = 500;
    private static final double PERIOD_DEFAULT = 100_000;

    private final List<Excess> excesses = new ArrayList<>();

    private LimitExcesses() {}

    /**
     * All in which limits exceed others.
     *
     * @param given by the bundle
     * @param wanted what they are after the change
     */
    static List<Excess> find(Resources given, Resources wanted) {
        LimitExcesses limits = new LimitExcesses();
        limits.memory(given.memory(), wanted.memory());
        limits.processor(given.cpu(), wanted.cpu());
        limits.upTo("tasks", given.pidsMax(), wanted.pidsMax());
        limits.blockDevices(given.blockIo(), wanted.blockIo());
        limits.asGivenOrNew("huge pages", given.hugePages(), wanted.hugePages(), List.of());
        limits.asGiven("marks of packets", given.network(), wanted.network());
        limits.asGivenOrNew("objects of RDMA devices", given.rdma(), wanted.rdma(), Map.of());
        limits.asGiven("files of the cgroup", given.unified(), wanted.unified());
        return limits.excesses;
    }

    private void memory(Memory given, Memory wanted) {
        upTo("bytes of memory", given.limit(), wanted.limit());
        upTo("bytes of memory and swap", given.swap(), wanted.swap());
        upTo("bytes of memory that are left to it", given.reservation(), wanted.reservation());
        upTo("bytes of memory for TCP", given.kernelTcp(), wanted.kernelTcp());
        asGiven("swappiness", given.swappiness(), wanted.swappiness());
        asGiven("end for lack of memory", given.disableOomKiller(), wanted.disableOomKiller());
        asGiven("counting of memory", given.useHierarchy(), wanted.useHierarchy());
    }

    private void processor(Cpu given, Cpu wanted) {
        if (processors(wanted) > processors(given)) {
            exceeds("more time of processors");
        }
        upTo("shares of processors", given.shares(), wanted.shares(), SHARES_DEFAULT);
        asGivenOrNew("processors", given.cpus(), wanted.cpus(), Optional.empty());
        asGivenOrNew("nodes of memory", given.mems(), wanted.mems(), Optional.empty());
        asGiven("burst", given.burst(), wanted.burst());
        asGiven("real time", given.realtimeRuntime(), wanted.realtimeRuntime());
        asGiven("period of real time", given.realtimePeriod(), wanted.realtimePeriod());
        asGiven("idleness", given.idle(), wanted.idle());
    }

    private static double processors(Cpu cpu) {
        double period = cpu.period().map(Long::doubleValue).orElse(PERIOD_DEFAULT);
        return cpu.quota()
                .filter(quota -> quota > 0)
                .map(quota -> quota / period)
                .orElse(Double.POSITIVE_INFINITY);
    }

    private void blockDevices(ResourcesSpec.BlockIo given, ResourcesSpec.BlockIo wanted) {
        upTo("weight at block devices", given.weight(), wanted.weight(), BLOCK_WEIGHT_DEFAULT);
        upTo("weight of tasks at block devices", given.leafWeight(), wanted.leafWeight(), BLOCK_WEIGHT_DEFAULT);
        asGiven("weights at block devices", given.weightDevices(), wanted.weightDevices());
        asGivenOrNew("bytes that are read", given.readBytes(), wanted.readBytes(), List.of());
        asGivenOrNew("bytes that are written", given.writeBytes(), wanted.writeBytes(), List.of());
        asGivenOrNew("reads", given.readOperations(), wanted.readOperations(), List.of());
        asGivenOrNew("writes", given.writeOperations(), wanted.writeOperations(), List.of());
    }

    /** Where what is absent or negative has no limit. */
    private void upTo(String what, Optional<Long> given, Optional<Long> wanted) {
        upTo(what, unlimited(given), unlimited(wanted), Long.MAX_VALUE);
    }

    private static Optional<Long> unlimited(Optional<Long> limit) {
        return limit.filter(value -> value >= 0);
    }

    private void upTo(String what, Optional<Long> given, Optional<Long> wanted, long absent) {
        if (wanted.orElse(absent) > given.orElse(absent)) {
            exceeds("more " + what);
        }
    }

    /** Where what is absent has no limit. */
    private <T> void asGivenOrNew(String what, T given, T wanted, T absent) {
        if (!given.equals(absent)) {
            asGiven(what, given, wanted);
        }
    }

    private <T> void asGiven(String what, T given, T wanted) {
        if (!wanted.equals(given)) {
            exceeds("other " + what);
        }
    }

    private void exceeds(String what) {
        excesses.add(new Excess(ConfinedPart.LIMITS, "its limits were changed to " + what));
    }
}
