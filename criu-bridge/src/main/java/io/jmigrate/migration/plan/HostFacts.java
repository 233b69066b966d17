package io.jmigrate.migration.plan;

import java.util.List;

/**
 * What a host is like, as far as a migration depends on it.
 *
 * @param arch as the JVM names it
 * @param kernel release
 * @param criu version, numbers with dots
 * @param cpuFeatures those of the processor that programs may begin to use, as /proc/cpuinfo names them
 * @param cgroupMode {@code v1}, {@code v2} or {@code hybrid}
 * @param controllers cgroup controllers that the kernel has, as cgroups of version 1 name them
 */
public record HostFacts(
        String arch,
        String kernel,
        String criu,
        List<String> cpuFeatures,
        String cgroupMode,
        List<String> controllers) {
    public HostFacts {
        cpuFeatures = List.copyOf(cpuFeatures);
        controllers = List.copyOf(controllers);
    }
}
