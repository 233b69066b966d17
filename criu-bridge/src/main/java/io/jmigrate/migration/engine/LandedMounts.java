package io.jmigrate.migration.engine;

import io.jmigrate.criu.PreparedRestore;
import io.jmigrate.criu.mapping.MemoryMounts;
import io.jmigrate.criu.mapping.RootLinks;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.TreeBounds;
import io.jmigrate.migration.transfer.TreeGuard;
import io.jmigrate.migration.transfer.TreeReceiver;
import io.jmigrate.migration.transfer.TreeRules;
import io.jmigrate.runtime.config.Config;
import io.jmigrate.runtime.config.MountConfig;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Mounts;
import io.jmigrate.runtime.linux.Propagation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Filesystems in memory of an arriving container, made on this host until the restore has taken them over: below a directory beside that of its
 * images, which only root may enter, and the container's root. What comes for all of them counts together.
 */
final class LandedMounts {
    private static final Set<MountFlag> KEPT = EnumSet.of(MountFlag.NO_SUID, MountFlag.NO_DEV, MountFlag.NO_EXEC);
    private static final int ENTERED_BY_GROUP = 0710;

    private final Path directory;
    private final PreparedRestore restore;
    private final MountRoom room;
    private final TreeGuard guard;
    private int made;

    /** @param images of the restore @param devices whether nodes of any device may come @param setIds whether set-id bits may */
    LandedMounts(Path images, PreparedRestore restore, TreeBounds bounds, boolean devices, boolean setIds) {
        this.directory = directory(images);
        this.restore = restore;
        this.room = new MountRoom(bounds.keptBytesMax());
        this.guard = new TreeGuard(new TreeRules(bounds.entriesMax(), bounds.sentBytesMax(), devices, setIds), room);
    }

    private static Path directory(Path images) {
        return images.resolveSibling(images.getFileName() + ".mounts");
    }

    /**
     * Makes one as the config has it, and has the restore take it.
     *
     * @param mountPoint where the container has it
     * @return takes its files
     * @throws Failure PEER_PROTOCOL if the config has none there, PEER_REFUSED, TRANSFER
     */
    TreeReceiver make(String mountPoint) {
        Config config = restore.slot().config();
        MountConfig.Filesystem wanted = MemoryMounts.at(
                        config, mountPoint, new RootLinks(config.rootfs().path())::resolve)
                .orElseThrow(() -> Failure.of(
                        MigrationCode.PEER_PROTOCOL,
                        "the peer broke the protocol: its config has no filesystem in memory where it sends files"));
        Path target = directory.resolve(Integer.toString(made));
        try {
            if (made == 0) {
                Directories.make(directory);
                let(directory, config.idMappings().hostGid(0));
            }
            made++;
            Directories.make(target);
            mount(wanted, target);
            room.add(target);
        } catch (LinuxException | IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot make a filesystem in memory: " + IoReason.of(e))
                    .withCause(e);
        }
        restore.take(mountPoint, target);
        return new TreeReceiver(target, guard);
    }

    private static void mount(MountConfig.Filesystem wanted, Path target) {
        Set<MountFlag> flags = EnumSet.copyOf(KEPT);
        flags.retainAll(wanted.flags());
        Mounts.mount(wanted.source(), target, wanted.type(), flags, wanted.data());
        Mounts.propagation(target, Propagation.PRIVATE);
    }

    private static void let(Path directory, OptionalLong group) throws IOException {
        if (group.isPresent() && group.getAsLong() != 0) {
            Files.setAttribute(directory, "unix:gid", Math.toIntExact(group.getAsLong()));
            Files.setAttribute(directory, "unix:mode", ENTERED_BY_GROUP);
        }
    }

    /** Takes them away from this host; a container that has taken them keeps them. None is no error. @throws Failure TRANSFER */
    static void remove(Path images) {
        Path directory = directory(images);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> mounts = Files.newDirectoryStream(directory)) {
            for (Path mount : mounts) {
                unmount(mount);
                Files.delete(mount); // never what is in it: it may be the container's
            }
            Files.delete(directory);
        } catch (LinuxException | IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot remove " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void unmount(Path mount) {
        try {
            Mounts.umount(mount, true);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EINVAL)) { // nothing is mounted there yet
                throw e;
            }
        }
    }
}
