package io.jmigrate.runtime.cgroup.stats;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import java.util.Map;
import java.util.Optional;

/**
 * What a container uses.
 *
 * @param tasks that there are now
 * @param tasksMax how many there may be; 0 for no limit
 * @param hugePages by size as the kernel writes it, such as 2MB
 */
public record Statistics(
        CpuUse cpu,
        CpusetUse cpuset,
        MemoryUse memory,
        long tasks,
        long tasksMax,
        BlockIoUse blockIo,
        Map<String, HugePageUse> hugePages,
        Pressures pressures) {
    /**
     * Reads what the kernel has counted. Where a controller or the cgroup is missing there are zeros.
     *
     * @throws io.jmigrate.runtime.failure.Failure IO
     */
    public static Statistics of(CgroupPaths paths) {
        Optional<Texts> version2 = paths.unified().map(Texts::new);
        Texts none = new Texts(paths.places().getFirst().mountPoint().resolve("none"));
        Texts rest = version2.orElse(none);
        Optional<Texts> accounting = controller(paths, "cpuacct");
        Texts pids = controller(paths, "pids").orElse(rest);
        return new Statistics(
                accounting
                        .map(texts ->
                                CpuUse.version1(texts, controller(paths, "cpu").orElse(none)))
                        .orElseGet(() -> CpuUse.version2(rest)),
                CpusetUse.version1(controller(paths, "cpuset").orElse(none)),
                controller(paths, "memory").map(MemoryUse::version1).orElseGet(() -> MemoryUse.version2(rest)),
                pids.numberOrZero("pids.current"),
                Math.max(0, pids.numberOrZero("pids.max")),
                controller(paths, "blkio").map(BlockIoUse::version1).orElseGet(() -> BlockIoUse.version2(rest)),
                controller(paths, "hugetlb").map(HugePageUse::version1).orElseGet(() -> HugePageUse.version2(rest)),
                Pressures.read(rest));
    }

    /**
     * How many processes the kernel has killed for lack of memory, and nothing else of what {@link #of} reads.
     *
     * @throws io.jmigrate.runtime.failure.Failure IO
     */
    public static long oomKills(CgroupPaths paths) {
        return controller(paths, "memory")
                .map(MemoryUse::oomKills1)
                .or(() -> paths.unified().map(Texts::new).map(MemoryUse::oomKills2))
                .orElse(0L);
    }

    private static Optional<Texts> controller(CgroupPaths paths, String name) {
        return paths.ofController(name).map(Texts::new);
    }
}
