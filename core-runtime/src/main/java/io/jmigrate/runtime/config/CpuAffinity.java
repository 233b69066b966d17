package io.jmigrate.runtime.config;

import java.util.List;

/**
 * On which processors a process that is executed in a container runs (process.execCPUAffinity). It is not for the first one.
 *
 * @param initial before it joins the container's cgroups; none leaves it as it is
 * @param last from then on
 */
public record CpuAffinity(List<Integer> initial, List<Integer> last) {
    /** As it comes. */
    public static final CpuAffinity NONE = new CpuAffinity(List.of(), List.of());

    public CpuAffinity {
        initial = List.copyOf(initial);
        last = List.copyOf(last);
    }
}
