package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.ContainerPath;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.ProcStat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Looks whether a tree that CRIU has made is in the container's cgroups or below them, thread by thread, before it runs: elsewhere no
 * limit of the container's holds.
 *
 * @param places names of hierarchies and paths as in {@code /proc/PID/cgroup}
 */
record OwnCgroups(Map<String, String> places) {
    /** What to do about images that lead elsewhere. */
    static final String REMEDY =
            "--manage-cgroups-mode ignore leaves out what the images say: all processes are in the container's own cgroup then,"
                    + " and where the bundle has a cgroup namespace, images that nobody vouches for need --allow-images namespaces";

    OwnCgroups {
        places = Map.copyOf(places);
    }

    /**
     * Looks at all processes.
     *
     * @param container in a sentence
     * @param root pid of the first one
     * @throws Failure IMAGES_EXCEED
     */
    void require(String container, int root) {
        Stream<Integer> tree = ProcessHandle.of(root).stream()
                .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                .map(process -> (int) process.pid());
        for (int pid : tree.toList()) {
            // the kernel shows one that has ended at the top of a hierarchy of version 1
            if (ProcStat.read(pid).filter(stat -> !stat.ended()).isPresent()) {
                requireThreads(container, pid);
            }
        }
    }

    private void requireThreads(String container, int pid) {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (Path thread : threads) {
                CgroupJoin.roots(Files.readString(thread.resolve("cgroup")))
                        .forEach((hierarchy, path) -> require(container, pid, hierarchy, path));
            }
        } catch (NoSuchFileException e) {
            // it was a helper of CRIU's, which has ended
        } catch (IOException e) {
            throw Failure.of(
                            CriuCode.RESTORE_FAILED,
                            "cannot read the cgroups of process " + pid + " of " + container + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private void require(String container, int pid, String hierarchy, String path) {
        if (!holds(hierarchy, path)) {
            throw Failure.of(
                            CriuCode.IMAGES_EXCEED,
                            "cannot restore " + container + ": CRIU has put its process " + pid + " into the cgroup "
                                    + path + ", which is not below " + places.get(hierarchy)
                                    + "; all its processes were ended before they ran")
                    .withRemedy(REMEDY);
        }
    }

    /** Where the container has no cgroup of its own, there is nothing to be outside of. */
    boolean holds(String hierarchy, String path) {
        return ContainerPath.isWithin(path, places.getOrDefault(hierarchy, "/"));
    }
}
