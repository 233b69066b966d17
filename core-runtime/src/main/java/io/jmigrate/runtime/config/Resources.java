package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.ResourcesSpec;
import java.util.List;
import java.util.Optional;

/** The limits of a container's cgroup; absent means untouched. */
public record Resources(MemoryLimits memory, CpuLimits cpu, Optional<Long> pidsMax, List<DeviceRule> devices) {
    /**
     * Bytes, -1 for unlimited. Swap is memory and swap together, as cgroup v1 counts.
     */
    public record MemoryLimits(Optional<Long> limit, Optional<Long> reservation, Optional<Long> swap) {}

    /** Shares as cgroup v1 has them (2 to 262144), quota and period in microseconds, cpus and mems as lists. */
    public record CpuLimits(
            Optional<Long> shares,
            Optional<Long> quotaMicros,
            Optional<Long> periodMicros,
            Optional<String> cpus,
            Optional<String> mems) {}

    public static Resources resolve(ResourcesSpec spec) {
        return new Resources(
                new MemoryLimits(
                        nonZero(spec.memory().limit()),
                        nonZero(spec.memory().reservation()),
                        nonZero(spec.memory().swap())),
                new CpuLimits(
                        nonZero(spec.cpu().shares()),
                        nonZero(spec.cpu().quota()),
                        nonZero(spec.cpu().period()),
                        spec.cpu().cpus(),
                        spec.cpu().mems()),
                nonZero(spec.pidsLimit()),
                spec.devices().stream().map(DeviceRule::resolve).toList());
    }

    /** Zero is how Go programs write an absent number. */
    private static Optional<Long> nonZero(Optional<Long> value) {
        return value.filter(number -> number != 0);
    }
}
