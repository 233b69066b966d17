package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import java.util.List;
import java.util.function.Predicate;

/** The number of tasks (kernel documentation, cgroup-v1/pids.rst; cgroup-v2.rst, "PID"). */
final class PidsSettings {
    private PidsSettings() {}

    /** Below zero means no limit, as runC has it. */
    static List<CgroupSetting> of(Resources resources, Predicate<String> has) {
        return resources.pidsMax().stream()
                .map(pids -> CgroupSetting.of("pids.limit", "pids.max", pids > 0 ? Long.toString(pids) : "max"))
                .toList();
    }
}
