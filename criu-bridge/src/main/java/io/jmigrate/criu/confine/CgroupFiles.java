package io.jmigrate.criu.confine;

import io.jmigrate.criu.image.entry.CgroupNode;
import java.util.Set;

/**
 * The files of cgroups that a stranger's images may have written: those that CRIU dumps by itself (criu/cgroup-props.c), as their limits
 * hold within those of the cgroup above. Not those that tell the host's kernel to start a program when a cgroup is empty
 * ({@code notify_on_release}), or by which the host tells packets apart ({@code net_cls.classid}, {@code net_prio.ifpriomap}).
 */
final class CgroupFiles {
    private static final Set<String> HARMLESS = Set.of(
            "cgroup.procs",
            "tasks",
            "cgroup.clone_children",
            "cgroup.subtree_control",
            "cgroup.max.descendants",
            "cgroup.max.depth",
            "cgroup.freeze",
            "cgroup.type",
            "freezer.state",
            "cpu.shares",
            "cpu.cfs_period_us",
            "cpu.cfs_quota_us",
            "cpu.rt_period_us",
            "cpu.rt_runtime_us",
            "memory.limit_in_bytes",
            "memory.memsw.limit_in_bytes",
            "memory.swappiness",
            "memory.soft_limit_in_bytes",
            "memory.move_charge_at_immigrate",
            "memory.oom_control",
            "memory.use_hierarchy",
            "memory.kmem.limit_in_bytes",
            "memory.kmem.tcp.limit_in_bytes",
            "cpuset.cpus",
            "cpuset.mems",
            "cpuset.memory_migrate",
            "cpuset.cpu_exclusive",
            "cpuset.mem_exclusive",
            "cpuset.mem_hardwall",
            "cpuset.memory_spread_page",
            "cpuset.memory_spread_slab",
            "cpuset.sched_load_balance",
            "cpuset.sched_relax_domain_level",
            "blkio.weight",
            "pids.max",
            "devices.list");

    private CgroupFiles() {}

    /** A cgroup, and those below it, without the others. */
    static CgroupNode harmless(CgroupNode node) {
        return node.toBuilder()
                .clearProperties()
                .addAllProperties(node.getPropertiesList().stream()
                        .filter(property -> HARMLESS.contains(property.getName()))
                        .toList())
                .clearChildren()
                .addAllChildren(node.getChildrenList().stream()
                        .map(CgroupFiles::harmless)
                        .toList())
                .build();
    }
}
