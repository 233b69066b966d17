package io.jmigrate.runtime.cgroup;

import java.util.List;

/**
 * A new v1 cpuset has no processors and no memory nodes, so that no process can join it: it gets those of its parent (kernel
 * documentation, cgroup-v1/cpusets.rst).
 */
final class CpusetDefaults {
    private static final List<String> FILES = List.of("cpuset.cpus", "cpuset.mems");

    private CpusetDefaults() {}

    static void inherit(CgroupDirectory directory) {
        if (FILES.stream().noneMatch(file -> isEmpty(directory, file))) {
            return;
        }
        CgroupDirectory parent = new CgroupDirectory(directory.path().getParent());
        inherit(parent);
        for (String file : FILES) {
            if (isEmpty(directory, file)) {
                directory.write(file, parent.read(file));
            }
        }
    }

    /** The top of the hierarchy is never empty, which ends the recursion. */
    private static boolean isEmpty(CgroupDirectory directory, String file) {
        return directory.read(file).isEmpty();
    }
}
