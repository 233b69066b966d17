package io.jmigrate.runtime.cgroup.stats;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Huge pages of one size, in bytes.
 *
 * @param peak 0 in v2, which doesn't tell
 * @param failures how often the limit was hit
 */
public record HugePageUse(long used, long peak, long failures) {
    private static final Pattern VERSION_1 = Pattern.compile("hugetlb\\.(\\d+[KMG]B)\\.usage_in_bytes");
    private static final Pattern VERSION_2 = Pattern.compile("hugetlb\\.(\\d+[KMG]B)\\.current");

    /** By size as the kernel writes it, such as 2MB. */
    static Map<String, HugePageUse> version1(Texts texts) {
        Map<String, HugePageUse> bySize = new TreeMap<>();
        texts.files(VERSION_1).map(match -> match.group(1)).forEach(size -> {
            String prefix = "hugetlb." + size;
            bySize.put(
                    size,
                    new HugePageUse(
                            texts.numberOrZero(prefix + ".usage_in_bytes"),
                            texts.numberOrZero(prefix + ".max_usage_in_bytes"),
                            texts.numberOrZero(prefix + ".failcnt")));
        });
        return bySize;
    }

    static Map<String, HugePageUse> version2(Texts texts) {
        Map<String, HugePageUse> bySize = new TreeMap<>();
        texts.files(VERSION_2).map(match -> match.group(1)).forEach(size -> {
            String prefix = "hugetlb." + size;
            bySize.put(
                    size,
                    new HugePageUse(
                            texts.numberOrZero(prefix + ".current"),
                            0,
                            texts.numbers(prefix + ".events").getOrDefault("max", 0L)));
        });
        return bySize;
    }
}
