package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import java.util.List;
import java.util.function.Predicate;

/** The controllers that set limits, in the order in which their limits are set. Devices are restricted elsewhere. */
public enum Controller {
    CPUSET("cpuset", "cpuset", CpusetSettings::of, CpusetSettings::of),
    CPU("cpu", "cpu", CpuSettings::version1, CpuSettings::version2),
    MEMORY("memory", "memory", MemorySettings::version1, MemorySettings::version2),
    PIDS("pids", "pids", PidsSettings::of, PidsSettings::of),
    BLOCK_IO("blkio", "io", BlockIoSettings::version1, BlockIoSettings::version2),
    HUGE_PAGES("hugetlb", "hugetlb", HugePageSettings::version1, HugePageSettings::version2),
    RDMA("rdma", "rdma", RdmaSettings::of, RdmaSettings::of),
    /** In v2 packets are marked by programs that match cgroups, not by a controller. */
    NETWORK_CLASS("net_cls", "net_cls", NetworkSettings::classId, NetworkSettings::classId),
    NETWORK_PRIORITY("net_prio", "net_prio", NetworkSettings::priorities, NetworkSettings::priorities);

    /** From limits to writes, in their order. The predicate tells whether the cgroup has a file. */
    @FunctionalInterface
    private interface Translation {
        List<CgroupSetting> of(Resources resources, Predicate<String> has);
    }

    private final String version1Name;
    private final String version2Name;
    private final Translation version1;
    private final Translation version2;

    Controller(String version1Name, String version2Name, Translation version1, Translation version2) {
        this.version1Name = version1Name;
        this.version2Name = version2Name;
        this.version1 = version1;
        this.version2 = version2;
    }

    /** As the v1 hierarchies' mounts and /proc/PID/cgroup have it. */
    public String version1Name() {
        return version1Name;
    }

    /** As cgroup.controllers has it. */
    public String version2Name() {
        return version2Name;
    }

    /**
     * What to write to a v1 cgroup of this controller.
     *
     * @param has whether the cgroup has a file of a name
     * @throws io.jmigrate.runtime.failure.Failure INVALID_CONFIG for a value that no kernel takes
     */
    public List<CgroupSetting> version1(Resources resources, Predicate<String> has) {
        return version1.of(resources, has);
    }

    /** What to write to the v2 cgroup; as {@link #version1}. */
    public List<CgroupSetting> version2(Resources resources, Predicate<String> has) {
        return version2.of(resources, has);
    }
}
