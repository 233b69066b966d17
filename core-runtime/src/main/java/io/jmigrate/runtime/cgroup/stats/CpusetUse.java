package io.jmigrate.runtime.cgroup.stats;

import io.jmigrate.runtime.config.NumberList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a container may run and allocate memory. As in runC it is known in v1 alone.
 *
 * @param cpus processors
 * @param mems memory nodes
 * @param settings by the names of the kernel's files, after "cpuset."
 */
public record CpusetUse(List<Integer> cpus, List<Integer> mems, Map<String, Long> settings) {
    private static final List<String> SETTINGS = List.of(
            "cpu_exclusive",
            "mem_hardwall",
            "mem_exclusive",
            "memory_migrate",
            "memory_spread_page",
            "memory_spread_slab",
            "memory_pressure",
            "sched_load_balance",
            "sched_relax_domain_level");

    static CpusetUse version1(Texts texts) {
        Map<String, Long> settings = new LinkedHashMap<>();
        SETTINGS.forEach(name -> settings.put(name, texts.numberOrZero("cpuset." + name)));
        return new CpusetUse(numbers(texts, "cpuset.cpus"), numbers(texts, "cpuset.mems"), settings);
    }

    private static List<Integer> numbers(Texts texts, String file) {
        return texts.lines(file).stream().findFirst().flatMap(NumberList::parse).orElse(List.of());
    }
}
