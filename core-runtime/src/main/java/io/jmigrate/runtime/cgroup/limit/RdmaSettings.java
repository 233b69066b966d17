package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesSpec.Rdma;
import java.util.List;
import java.util.function.Predicate;

/** What RDMA devices hand out (kernel documentation, cgroup-v1/rdma.rst); the same in v2. */
final class RdmaSettings {
    private RdmaSettings() {}

    static List<CgroupSetting> of(Resources resources, Predicate<String> has) {
        return resources.rdma().entrySet().stream()
                .map(entry ->
                        CgroupSetting.named("rdma", entry.getKey(), "rdma.max", line(entry.getKey(), entry.getValue())))
                .toList();
    }

    private static String line(String device, Rdma limits) {
        StringBuilder line = new StringBuilder(device);
        limits.handles().ifPresent(number -> line.append(" hca_handle=").append(number));
        limits.objects().ifPresent(number -> line.append(" hca_object=").append(number));
        return line.toString();
    }
}
