package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.stats.Statistics;
import io.jmigrate.runtime.network.InterfaceUse;
import java.util.List;

/**
 * What a container uses.
 *
 * @param statistics what its cgroups count
 * @param interfaces of its network namespace, without the loopback; none where that is the host's
 */
public record ContainerUse(Statistics statistics, List<InterfaceUse> interfaces) {}
