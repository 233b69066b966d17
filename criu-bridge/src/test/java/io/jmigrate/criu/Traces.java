package io.jmigrate.criu;

import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;

/** What a container and the commands about it leave on a host until they are gone. */
final class Traces {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private Traces() {}

    /**
     * This JVM's processes, mounts and cgroups.
     *
     * @param directory of the mounts, which belong to it or are below
     * @param container begins the names of its cgroups
     */
    static Set<String> of(Path directory, String container) throws IOException {
        Set<String> found = new TreeSet<>();
        ProcessHandle.current()
                .descendants()
                .map(process -> "process " + process.pid() + " "
                        + process.info().commandLine().orElse("that has ended"))
                .forEach(found::add);
        MountInfo.ofSelf().stream()
                .map(MountInfo::mountPoint)
                .filter(mount -> Path.of(mount).startsWith(directory))
                .forEach(mount -> found.add("mount " + mount));
        Files.walkFileTree(CGROUPS, new Cgroups(container, found));
        return found;
    }

    /** Others come and go meanwhile. */
    private static final class Cgroups extends SimpleFileVisitor<Path> {
        private final String container;
        private final Set<String> found;

        Cgroups(String container, Set<String> found) {
            this.container = container;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path cgroup, BasicFileAttributes attributes) {
            if (cgroup.getFileName().toString().startsWith(container)) {
                found.add("cgroup " + cgroup);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path cgroup, IOException e) {
            return FileVisitResult.CONTINUE;
        }
    }
}
