package io.jmigrate.migration.engine;

import io.jmigrate.criu.mapping.MemoryMounts;
import io.jmigrate.criu.mapping.RootLinks;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.NamespaceKind;
import io.jmigrate.runtime.linux.Namespaces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The filesystems in memory of a container that runs here, whose files go to the other node by themselves. */
public final class LeavingMounts implements AutoCloseable {
    private final Supplier<List<MountInfo>> apart;
    private final List<MemoryMount> all = new ArrayList<>();

    private LeavingMounts(Supplier<List<MountInfo>> apart) {
        this.apart = apart;
    }

    /** Of a container that has none. */
    public static LeavingMounts none() {
        return new LeavingMounts(List::of);
    }

    /**
     * Those of a container now.
     *
     * @param root pid of its first process
     * @param processes pids of all of them, whenever it is asked
     * @throws Failure TRANSFER
     */
    static LeavingMounts of(Config config, int root, Supplier<List<Integer>> processes) {
        RootLinks links = new RootLinks(config.rootfs().path());
        LeavingMounts mounts = new LeavingMounts(() -> haveOneView(root, processes.get())
                ? MemoryMounts.apart(config, MountInfo.ofProcess(root), links::resolve)
                : List.of());
        try {
            for (MountInfo mount : mounts.apart.get()) {
                MemoryMount.open(mount, root).ifPresent(mounts.all::add);
            }
            return mounts;
        } catch (LinuxException | IOException | UncheckedIOException e) {
            mounts.close();
            throw Failure.of(
                            MigrationCode.TRANSFER,
                            "cannot look at the container's filesystems in memory: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** Those of another mount namespace could have the same filesystem at another place, or what CRIU would take for the same. */
    private static boolean haveOneView(int root, List<Integer> processes) {
        long view = Namespaces.inode(root, NamespaceKind.MOUNT);
        return processes.stream().allMatch(pid -> isIn(view, pid));
    }

    private static boolean isIn(long view, int pid) {
        try {
            return Namespaces.inode(pid, NamespaceKind.MOUNT) == view;
        } catch (LinuxException e) {
            return true; // it has ended, and sees nothing any more
        }
    }

    List<MemoryMount> all() {
        return all;
    }

    /** Where the container has them. */
    Set<String> places() {
        return all.stream().map(MemoryMount::mountPoint).collect(Collectors.toSet());
    }

    /** How much is in them. */
    Measure.Tree size() {
        return all.stream().map(mount -> Measure.tree(mount.path())).reduce(new Measure.Tree(0, 0), Measure.Tree::plus);
    }

    /**
     * They stand where they stood, as they were: a dump, which leaves out what is at these places, leaves out what has been sent.
     *
     * @throws Failure TRANSFER
     */
    void requireSame() {
        if (all.isEmpty()) {
            return;
        }
        List<MountInfo> now = apart.get();
        for (MemoryMount mount : all) {
            if (now.stream().noneMatch(mount::is)) {
                throw Failure.of(
                        MigrationCode.TRANSFER,
                        "the container has changed what is mounted at " + mount.mountPoint()
                                + " while its files were copied");
            }
        }
    }

    @Override
    public void close() {
        all.forEach(MemoryMount::close);
    }
}
