package io.jmigrate.archive.rootfs;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.migration.transfer.OverlayLayers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.MountInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What a root filesystem was before its container changed it. */
public sealed interface RootfsBase {
    /** Another tree, which nobody changes. */
    record Tree(Path root) implements RootfsBase {}

    /**
     * The lower directories of an overlay (overlayfs.rst of the kernel's documentation).
     *
     * @param upper holds what is new, changed or marked as deleted
     * @param lowers the topmost first
     */
    record Overlay(Path upper, List<Path> lowers) implements RootfsBase {}

    /**
     * The base of a root filesystem: the one that is given, or else that of the overlay which is mounted there.
     *
     * @throws Failure ARCHIVE_NO_BASE if there is none
     */
    static RootfsBase of(Path rootfs, Optional<Path> given) {
        return of(rootfs, given, MountInfo.ofSelf());
    }

    static RootfsBase of(Path rootfs, Optional<Path> given, List<MountInfo> mounts) {
        if (given.isPresent()) {
            Path base = given.get();
            if (!Files.isDirectory(base)) {
                throw Failure.of(ArchiveCode.ARCHIVE_NO_BASE, base + " is not a directory to compare with");
            }
            return new Tree(base);
        }
        return overlay(real(rootfs), mounts)
                .orElseThrow(() -> Failure.of(
                        ArchiveCode.ARCHIVE_NO_BASE,
                        "root filesystem " + rootfs
                                + " is not an overlay of which the layers are known: there is nothing to compare "
                                + "it with"));
    }

    private static Path real(Path rootfs) {
        try {
            return rootfs.toRealPath();
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_NO_BASE, "there is no root filesystem " + rootfs)
                    .withCause(e);
        }
    }

    private static Optional<RootfsBase> overlay(Path rootfs, List<MountInfo> mounts) {
        return OverlayLayers.at(rootfs, mounts).map(layers -> new Overlay(layers.upper(), layers.lowers()));
    }
}
