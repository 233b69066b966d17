package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/** {@code linux.resources}: the limits that this runtime sets. */
public record ResourcesSpec(List<DeviceRuleSpec> devices, Memory memory, Cpu cpu, Optional<Long> pidsLimit) {
    /** No limit at all. */
    public static final ResourcesSpec NONE = new ResourcesSpec(List.of(), Memory.NONE, Cpu.NONE, Optional.empty());

    /** Bytes; -1 means unlimited. */
    public record Memory(Optional<Long> limit, Optional<Long> reservation, Optional<Long> swap) {
        static final Memory NONE = new Memory(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Shares are a weight, quota and period are microseconds, cpus and mems are lists such as {@code 0-3,7}. */
    public record Cpu(
            Optional<Long> shares,
            Optional<Long> quota,
            Optional<Long> period,
            Optional<String> cpus,
            Optional<String> mems) {
        static final Cpu NONE =
                new Cpu(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
