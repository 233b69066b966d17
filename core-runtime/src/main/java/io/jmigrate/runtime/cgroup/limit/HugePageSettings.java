package io.jmigrate.runtime.cgroup.limit;

import io.jmigrate.runtime.config.Resources;
import io.jmigrate.runtime.spec.ResourcesSpec.HugePageLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Huge pages (kernel documentation, cgroup-v1/hugetlb.rst; cgroup-v2.rst, "HugeTLB"). Pages that are reserved are limited like pages that
 * are used where the kernel can (5.7 and newer), so that mmap fails instead of the access.
 */
final class HugePageSettings {
    private HugePageSettings() {}

    static List<CgroupSetting> version1(Resources resources, Predicate<String> has) {
        return of(resources, ".limit_in_bytes", has);
    }

    static List<CgroupSetting> version2(Resources resources, Predicate<String> has) {
        return of(resources, ".max", has);
    }

    private static List<CgroupSetting> of(Resources resources, String suffix, Predicate<String> has) {
        List<CgroupSetting> settings = new ArrayList<>();
        for (HugePageLimit each : resources.hugePages()) {
            String prefix = "hugetlb." + each.pageSize();
            String bytes = Long.toUnsignedString(each.limit());
            settings.add(CgroupSetting.of("hugepageLimits", prefix + suffix, bytes));
            if (has.test(prefix + ".rsvd" + suffix)) {
                settings.add(CgroupSetting.of("hugepageLimits", prefix + ".rsvd" + suffix, bytes));
            }
        }
        return settings;
    }
}
