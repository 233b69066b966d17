package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.seccomp.SeccompFilter;
import java.util.List;
import java.util.Optional;

/**
 * What the host adds to a config before a plan can be compiled.
 *
 * @param cgroupMode how the host's cgroups are laid out
 * @param cgroups the container's cgroup in each hierarchy, as made for it; empty when it has none of its own
 * @param lastCapability the number of the kernel's newest capability (/proc/sys/kernel/cap_last_cap)
 * @param boundingSet the runtime's own bounding set as a mask (CapBnd in /proc/self/status)
 * @param seccomp the config's filter, compiled for the host
 * @param rights of the user who makes the container
 */
public record HostFacts(
        CgroupMode cgroupMode,
        List<CgroupPlace> cgroups,
        int lastCapability,
        long boundingSet,
        Optional<SeccompFilter> seccomp,
        Rights rights) {
    /**
     * The mask of the capabilities that a container can be given. A specification that asks for others still has to run
     * (config.md, "capabilities").
     *
     * @param namespaces of the container: a new user namespace has all that the kernel knows, whatever the runtime has itself
     */
    public long grantable(Namespaces namespaces) {
        long known = lastCapability >= Long.SIZE - 1 ? -1L : (1L << lastCapability + 1) - 1;
        return namespaces.isPrivate(NamespaceKind.USER) ? known : known & boundingSet;
    }
}
