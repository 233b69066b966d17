package io.jmigrate.criu.mapping;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * What a container's mounts are mounted on. A container's creation makes it in the root filesystem; CRIU expects it there. In a root
 * filesystem that was made anew from an image it is missing, so a restore makes it, too (as runC does: libcontainer/criu_linux.go,
 * prepareCriuRestoreMounts).
 */
public final class MountPoints {
    private MountPoints() {}

    /**
     * Makes what is missing, an empty file or a directory each. Links are followed inside the root filesystem only.
     *
     * @throws Failure RESTORE_FAILED, or FILES_DIFFER if links lead nowhere
     */
    public static void make(Config config) {
        Path rootfs = config.rootfs().path();
        RootLinks links = new RootLinks(rootfs);
        List<MountConfig> mounts = config.mounts().stream()
                .filter(mount -> !(mount instanceof MountConfig.Reconfiguration))
                .toList();
        List<Path> destinations = mounts.stream()
                .map(mount -> Path.of(links.resolve(mount.destination())))
                .toList();
        for (int i = 0; i < destinations.size(); i++) {
            Path destination = destinations.get(i);
            if (destinations.stream().noneMatch(other -> isBelow(destination, other))) {
                make(rootfs.resolve(destination.toString().substring(1)), isFile(mounts.get(i)));
            }
        }
    }

    /** What is within another mount comes with that one's content. */
    private static boolean isBelow(Path destination, Path other) {
        return destination.startsWith(other) && !destination.equals(other);
    }

    private static boolean isFile(MountConfig mount) {
        return mount instanceof MountConfig.Bind bind && !bind.directory();
    }

    private static void make(Path point, boolean file) {
        try {
            if (Files.exists(point, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            Files.createDirectories(file ? point.getParent() : point);
            if (file) {
                Files.createFile(point);
            }
        } catch (IOException e) {
            throw Failure.of(CriuCode.RESTORE_FAILED, "cannot make the mount point " + point + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
