package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The hierarchies that the host has mounted, and the decision where a container goes in each of them.
 *
 * <p>The decision is runC's: an absolute {@code cgroupsPath} is below the root of every hierarchy, a relative one is below the
 * cgroup of the calling process, and none at all is the container's id as a relative one. A pure v2 host can't have processes
 * beside cgroups that distribute resources, so there "below the caller" is beside it.
 */
public final class CgroupHierarchies {
    /**
     * What CRIU mounts for as long as it restores a tree (criu/cgroup.c), on the host too and even hierarchies that
     * the host has not mounted: it would be gone before a container is in it.
     */
    private static final Pattern PASSING = Pattern.compile("/\\.criu\\.cgyard\\.");

    private final List<CgroupHierarchy> hierarchies;

    private CgroupHierarchies(List<CgroupHierarchy> hierarchies) {
        this.hierarchies = hierarchies;
    }

    /**
     * Reads what is mounted and where a process is.
     *
     * @param pid the process on whose behalf containers are made
     * @throws Failure IO if /proc can't be read, UNSUPPORTED if no hierarchy is mounted
     */
    public static CgroupHierarchies ofProcess(int pid) {
        try {
            return of(MountInfo.ofProcess(pid), pid);
        } catch (IOException | UncheckedIOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read the cgroups of process " + pid)
                    .withCause(e);
        }
    }

    /** Where a process is, by the mounts of another. Names of cgroups can be of any bytes, too. */
    static CgroupHierarchies of(List<MountInfo> mounts, int pid) throws IOException {
        byte[] cgroup = Files.readAllBytes(Path.of("/proc/" + pid + "/cgroup"));
        return parse(mounts, new String(cgroup, StandardCharsets.UTF_8));
    }

    /** @param cgroup text of /proc/PID/cgroup (cgroups(7)) */
    static CgroupHierarchies parse(List<MountInfo> mounts, String cgroup) {
        List<CgroupHierarchy> found = cgroup.lines()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3)
                .flatMap(fields -> hierarchy(mounts, controllers(fields[1]), Path.of(fields[2])).stream())
                .toList();
        if (found.isEmpty()) {
            throw Failure.of(RuntimeCode.UNSUPPORTED, "this host has no cgroup hierarchy mounted");
        }
        return new CgroupHierarchies(found);
    }

    private static List<String> controllers(String field) {
        return field.isEmpty() ? List.of() : List.of(field.split(","));
    }

    private static Optional<CgroupHierarchy> hierarchy(
            List<MountInfo> mounts, List<String> controllers, Path callerPath) {
        return mounts.stream()
                .filter(mount -> !PASSING.matcher(mount.mountPoint()).find() && holds(mount, controllers))
                .findFirst()
                .map(mount -> new CgroupHierarchy(
                        controllers, Path.of(mount.mountPoint()), Path.of(mount.root()), callerPath));
    }

    /** The super-block options of a v1 mount name its controllers. */
    private static boolean holds(MountInfo mount, List<String> controllers) {
        if (controllers.isEmpty()) {
            return mount.fstype().equals("cgroup2");
        }
        List<String> options = List.of(mount.superOptions().split(","));
        return mount.fstype().equals("cgroup") && options.containsAll(controllers);
    }

    /** Where the process is in the hierarchy of version 2, if the host has one. */
    Optional<Path> unifiedPlaceOfProcess() {
        return hierarchies.stream()
                .filter(CgroupHierarchy::isUnified)
                .map(CgroupHierarchy::callerDirectory)
                .findFirst();
    }

    /** Where the process is in the hierarchy by which members of containers are frozen. */
    Optional<Path> freezingPlaceOfProcess() {
        return hierarchies.stream()
                .filter(hierarchy -> hierarchy.controllers().contains("freezer"))
                .map(CgroupHierarchy::callerDirectory)
                .findFirst()
                .or(this::unifiedPlaceOfProcess);
    }

    /** Whether v2 alone holds all controllers. */
    public boolean isUnified() {
        return hierarchies.size() == 1 && hierarchies.getFirst().isUnified();
    }

    /**
     * Where a container goes.
     *
     * @param cgroupsPath the config's {@code linux.cgroupsPath}
     * @param id the container's id, for a config without one
     */
    public CgroupPaths place(Optional<String> cgroupsPath, String id) {
        String wanted = cgroupsPath.filter(path -> !path.isEmpty()).orElse(id);
        Path below = Path.of("/").relativize(Path.of("/", wanted).normalize());
        return new CgroupPaths(hierarchies.stream()
                .map(hierarchy -> hierarchy.place(top(hierarchy, wanted).resolve(below)))
                .toList());
    }

    /**
     * The same directory below the top of every hierarchy.
     *
     * @param directory relative
     * @param unit of systemd, which makes it
     */
    public CgroupPaths below(Path directory, String unit) {
        return new CgroupPaths(
                hierarchies.stream()
                        .map(hierarchy -> hierarchy.place(hierarchy.mountPoint().resolve(directory)))
                        .toList(),
                Optional.of(unit));
    }

    private Path top(CgroupHierarchy hierarchy, String wanted) {
        return wanted.startsWith("/") ? hierarchy.mountPoint() : parent(hierarchy);
    }

    private Path parent(CgroupHierarchy hierarchy) {
        Path caller = hierarchy.callerDirectory();
        boolean atTop = caller.equals(hierarchy.mountPoint());
        return isUnified() && !atTop ? caller.getParent() : caller;
    }
}
