package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts CRIU's process into the container's cgroups, so that what it restores is born there, and tells where that is: the path
 * that takes the place of the root of the dumped cgroups.
 */
final class CgroupJoin {
    private CgroupJoin() {}

    /**
     * @param processFiles the cgroup.procs files of the container
     * @param pid of CRIU's process
     * @return controllers, comma separated as in /proc/PID/cgroup and empty for version 2, to path
     */
    static Map<String, String> join(List<Path> processFiles, int pid) {
        try {
            for (Path file : processFiles) {
                Files.writeString(file, Integer.toString(pid), StandardOpenOption.WRITE);
            }
            return roots(Files.readString(Path.of("/proc/" + pid + "/cgroup")));
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.RESTORE_FAILED, "cannot move CRIU into the container's cgroups: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Lines such as {@code 4:memory:/web} (cgroups(7)). */
    static Map<String, String> roots(String procCgroup) {
        Map<String, String> roots = new LinkedHashMap<>();
        procCgroup.lines().forEach(line -> {
            String[] fields = line.split(":", 3);
            roots.put(fields[1], fields[2]);
        });
        return roots;
    }
}
