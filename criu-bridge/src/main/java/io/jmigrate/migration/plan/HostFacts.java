package io.jmigrate.migration.plan;

import io.jmigrate.runtime.linux.SecurityModule;
import java.util.List;
import java.util.Set;

/**
 * What a host is like, as far as a migration depends on it.
 *
 * @param arch as the JVM names it
 * @param cpuFeatures those of the processor that programs may begin to use, as /proc/cpuinfo names them
 * @param criu that it has
 * @param kernel that runs there
 */
public record HostFacts(String arch, List<String> cpuFeatures, Criu criu, Kernel kernel) {
    public HostFacts {
        cpuFeatures = List.copyOf(cpuFeatures);
    }

    /**
     * A CRIU.
     *
     * @param version numbers with dots
     * @param lazyPages whether it finds that it can restore a process whose memory comes later
     */
    public record Criu(String version, boolean lazyPages) {
        /** A host without one. */
        public static final Criu NONE = new Criu("none", false);
    }

    /**
     * A kernel.
     *
     * @param release for example {@code 6.18.5}
     * @param features that it has
     * @param cgroupMode {@code v1}, {@code v2} or {@code hybrid}
     * @param controllers cgroup controllers that it has, as cgroups of version 1 name them
     * @param securityModules whose labels its processes have
     */
    public record Kernel(
            String release,
            Set<KernelFeature> features,
            String cgroupMode,
            List<String> controllers,
            Set<SecurityModule> securityModules) {
        public Kernel {
            features = Set.copyOf(features);
            controllers = List.copyOf(controllers);
            securityModules = Set.copyOf(securityModules);
        }
    }
}
