package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import java.util.List;
import java.util.function.Predicate;

/** What marks packets (kernel documentation, cgroup-v1/net_cls.rst and net_prio.rst). */
final class NetworkSettings {
    private NetworkSettings() {}

    static List<CgroupSetting> classId(Resources resources, Predicate<String> has) {
        return resources.network().classId().stream()
                .map(id -> CgroupSetting.of("network.classID", "net_cls.classid", id))
                .toList();
    }

    static List<CgroupSetting> priorities(Resources resources, Predicate<String> has) {
        return resources.network().priorities().stream()
                .map(each -> CgroupSetting.of(
                        "network.priorities", "net_prio.ifpriomap", each.name() + " " + each.priority()))
                .toList();
    }
}
