package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How much processor time a cgroup may use (sched-bwc.rst; cgroup-v2.rst, {@code cpu.max}), to be changed for a while. systemd, if the
 * cgroup is of a unit, is not told: it would keep it.
 *
 * @param micros of all processors together in a period; absent for no limit
 * @param periodMicros the period
 */
public record CpuQuota(Optional<Long> micros, long periodMicros) {
    private static final String QUOTA_1 = "cpu.cfs_quota_us";
    private static final String PERIOD_1 = "cpu.cfs_period_us";
    private static final String BOTH_2 = "cpu.max";
    private static final String UNLIMITED_2 = "max";
    /** The kernel takes no less (sched-bwc.rst). */
    private static final long MICROS_MIN = 1000;

    /**
     * What a cgroup has now.
     *
     * @throws Failure UNSUPPORTED if nothing limits its processor time, IO
     */
    public static CpuQuota of(CgroupPaths paths) {
        Optional<CgroupDirectory> version1 = version1(paths);
        if (version1.isPresent()) {
            long quota = Long.parseLong(version1.get().read(QUOTA_1));
            long period = Long.parseLong(version1.get().read(PERIOD_1));
            return new CpuQuota(Optional.of(quota).filter(micros -> micros > 0), period);
        }
        UnifiedParents.make(version2(paths));
        String[] words = version2(paths).read(BOTH_2).split(" ");
        Optional<Long> quota =
                Optional.of(words[0]).filter(word -> !word.equals(UNLIMITED_2)).map(Long::valueOf);
        return new CpuQuota(quota, Long.parseLong(words[1]));
    }

    /**
     * Gives it to a cgroup whose period it has. Nothing happens if the cgroup is gone.
     *
     * @throws Failure LIMIT_REFUSED, IO or PERMISSION
     */
    public void giveTo(CgroupPaths paths) {
        Optional<CgroupDirectory> version1 = version1(paths);
        if (version1.isPresent()) {
            version1.get().writeIfThere(QUOTA_1, micros.map(String::valueOf).orElse("-1"));
        } else {
            version2(paths).writeIfThere(BOTH_2, micros.map(String::valueOf).orElse(UNLIMITED_2) + " " + periodMicros);
        }
    }

    /** A smaller one. @param processors how many it may use, a fraction too; not more than now */
    public CpuQuota atMost(double processors) {
        long wanted = Math.max(MICROS_MIN, (long) (processors * periodMicros));
        return new CpuQuota(Optional.of(micros.map(now -> Math.min(now, wanted)).orElse(wanted)), periodMicros);
    }

    private static Optional<CgroupDirectory> version1(CgroupPaths paths) {
        return paths.ofController("cpu").map(CgroupDirectory::new);
    }

    private static CgroupDirectory version2(CgroupPaths paths) {
        Path directory = paths.unified()
                .orElseThrow(() -> Failure.of(
                        RuntimeCode.UNSUPPORTED, "the container has no cgroup that limits its processor time"));
        return new CgroupDirectory(directory);
    }
}
