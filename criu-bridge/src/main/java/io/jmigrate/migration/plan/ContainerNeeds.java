package io.jmigrate.migration.plan;

import io.jmigrate.runtime.linux.SecurityModule;
import java.util.List;
import java.util.Set;

/**
 * What a container has that a host can have only once, or has to know; besides what its config says.
 *
 * @param labels modules whose labels its processes have, beyond those that confine nothing
 * @param ports it listens on in the host's network; empty if it has one of its own
 * @param pids numbers of its processes and threads in the host's pid namespace; empty if it has one of its own
 * @param monotonicMillis what the monotonic clock of its host shows (clock_gettime(2))
 * @param shadowStacks whether a process has one, which has to be there before it runs
 */
public record ContainerNeeds(
        Set<SecurityModule> labels, List<Port> ports, List<Integer> pids, long monotonicMillis, boolean shadowStacks) {
    /** Of a container in namespaces of its own. */
    public static final ContainerNeeds NONE = new ContainerNeeds(Set.of(), List.of(), List.of(), 0, false);

    public ContainerNeeds {
        labels = Set.copyOf(labels);
        ports = List.copyOf(ports);
        pids = List.copyOf(pids);
    }
}
