package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code linux.resources} (config-linux.md, "Control groups"). What is absent stays as it is; a number that programs write as zero for
 * "not given" reads as absent.
 *
 * @param pidsLimit most tasks; -1 means unlimited
 * @param rdma by the names of devices
 * @param unified values by the names of files of the v2 cgroup
 */
public record ResourcesSpec(
        List<DeviceRuleSpec> devices,
        Memory memory,
        Cpu cpu,
        Optional<Long> pidsLimit,
        BlockIo blockIo,
        List<HugePageLimit> hugePages,
        Network network,
        Map<String, Rdma> rdma,
        Map<String, String> unified) {
    /** No limit at all. */
    public static final ResourcesSpec NONE = new ResourcesSpec(
            List.of(),
            Memory.NONE,
            Cpu.NONE,
            Optional.empty(),
            BlockIo.NONE,
            List.of(),
            Network.NONE,
            Map.of(),
            Map.of());

    /**
     * Bytes; -1 means unlimited.
     *
     * @param swap memory and swap together, as cgroup v1 counts
     * @param kernel kept for the warning that it is ignored, as runC ignores it: kernels no longer limit it
     * @param swappiness 0 to 100
     * @param disableOomKiller as given, false too
     * @param useHierarchy as given, false too
     * @param checkBeforeUpdate whether a limit below what is in use is refused instead of enforced by killing
     */
    public record Memory(
            Optional<Long> limit,
            Optional<Long> reservation,
            Optional<Long> swap,
            Optional<Long> kernel,
            Optional<Long> kernelTcp,
            Optional<Long> swappiness,
            Optional<Boolean> disableOomKiller,
            Optional<Boolean> useHierarchy,
            boolean checkBeforeUpdate) {
        /** No limit. */
        public static final Memory NONE = new Memory(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /**
     * Shares are a weight as cgroup v1 has it (2 to 262144), times are microseconds, cpus and mems are lists such as {@code 0-3,7}.
     *
     * @param idle 1 for SCHED_IDLE, else 0
     */
    public record Cpu(
            Optional<Long> shares,
            Optional<Long> quota,
            Optional<Long> period,
            Optional<Long> burst,
            Optional<Long> realtimeRuntime,
            Optional<Long> realtimePeriod,
            Optional<String> cpus,
            Optional<String> mems,
            Optional<Long> idle) {
        /** No limit. */
        public static final Cpu NONE = new Cpu(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Weights are 10 to 1000; throttles are bytes or operations a second. */
    public record BlockIo(
            Optional<Long> weight,
            Optional<Long> leafWeight,
            List<WeightDevice> weightDevices,
            List<Throttle> readBytes,
            List<Throttle> writeBytes,
            List<Throttle> readOperations,
            List<Throttle> writeOperations) {
        /** No limit. */
        public static final BlockIo NONE =
                new BlockIo(Optional.empty(), Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** Weights of one block device. */
    public record WeightDevice(long major, long minor, Optional<Long> weight, Optional<Long> leafWeight) {}

    /** @param rate a second, unsigned; 0 takes the limit away */
    public record Throttle(long major, long minor, long rate) {}

    /**
     * @param pageSize as the kernel names it: {@code 2MB}
     * @param limit bytes, unsigned
     */
    public record HugePageLimit(String pageSize, long limit) {}

    /** What marks the packets of a container. */
    public record Network(Optional<Long> classId, List<Priority> priorities) {
        /** No marks. */
        public static final Network NONE = new Network(Optional.empty(), List.of());
    }

    /** @param name of an interface */
    public record Priority(String name, long priority) {}

    /** Numbers of things that an RDMA device hands out. */
    public record Rdma(Optional<Long> handles, Optional<Long> objects) {}
}
