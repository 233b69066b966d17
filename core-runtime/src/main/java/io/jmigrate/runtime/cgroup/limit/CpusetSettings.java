package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The processors and memory nodes that may be used (kernel documentation, cgroup-v1/cpusets.rst; cgroup-v2.rst, "Cpuset"). */
final class CpusetSettings {
    private CpusetSettings() {}

    static List<CgroupSetting> of(Resources resources, Predicate<String> has) {
        List<CgroupSetting> settings = new ArrayList<>();
        resources.cpu().cpus().ifPresent(list -> settings.add(CgroupSetting.of("cpu.cpus", "cpuset.cpus", list)));
        resources.cpu().mems().ifPresent(list -> settings.add(CgroupSetting.of("cpu.mems", "cpuset.mems", list)));
        return settings;
    }
}
