package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import io.jmigrate.runtime.cgroup.Cgroups;
import io.jmigrate.runtime.config.Hooks;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Mounts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Removes all that exists of a container, whole or half-made: its processes, network, cgroups, mounts and at last its directory.
 * The one way by which a container ends, after its deletion as after a creation that failed.
 */
final class ContainerRemains {
    /** The kernel needs time to take down a killed process with much memory. */
    private static final Duration DEATH_LIMIT = Duration.ofSeconds(20);

    private final ContainerStore store;
    private final Cgroups cgroups;
    private final ContainerProcesses members;
    private final Networks networks;
    private final ContainerHooks hooks;

    ContainerRemains(
            ContainerStore store,
            Cgroups cgroups,
            ContainerProcesses members,
            Networks networks,
            ContainerHooks hooks) {
        this.store = store;
        this.cgroups = cgroups;
        this.members = members;
        this.networks = networks;
        this.hooks = hooks;
    }

    /**
     * Removes everything, and runs the hooks that follow. Under the container's lock. What can't be removed does not keep the rest from being removed, but keeps the
     * record, so that it can be tried again.
     */
    void remove(ContainerRecord record) {
        Hooks following = store.hooks(record);
        CleanUp cleanUp = new CleanUp();
        takeApart(cleanUp, record);
        removeDirectory(cleanUp, record.id());
        hooks.removed(record, following);
    }

    /** The same, but for the record and what is kept with it: the container can be made again by that. */
    void removeAllButRecord(ContainerRecord record) {
        Hooks following = store.hooks(record);
        CleanUp cleanUp = new CleanUp();
        takeApart(cleanUp, record);
        removeMounts(cleanUp, record.id());
        cleanUp.attempt(() -> removeFile(store.networkNamespace(record.id())));
        cleanUp.attempt(() -> removeFile(store.execFifo(record.id())));
        cleanUp.throwFirst();
        hooks.removed(record, following);
    }

    private void takeApart(CleanUp cleanUp, ContainerRecord record) {
        cleanUp.attempt(() -> members.destroy(record, DEATH_LIMIT));
        networks.of(record).ifPresent(attachment -> cleanUp.attempt(attachment::detach));
        cleanUp.attempt(() -> RootMount.unmount(store.root(), record));
    }

    /** Removes a container whose record can't be read, as far as it can be found without. */
    void removeUnreadable(ContainerId id, CgroupPaths cgroup) {
        CleanUp cleanUp = new CleanUp();
        cleanUp.attempt(() -> cgroups.open(cgroup).destroy(DEATH_LIMIT));
        cleanUp.attempt(() -> RootMount.unmountAll(store.root(), id));
        removeDirectory(cleanUp, id);
    }

    private void removeDirectory(CleanUp cleanUp, ContainerId id) {
        removeMounts(cleanUp, id);
        cleanUp.throwFirst();
        store.remove(id);
    }

    private void removeMounts(CleanUp cleanUp, ContainerId id) {
        cleanUp.attempt(() -> unmount(store.networkNamespace(id)));
        cleanUp.attempt(() -> unmount(store.restoreRoot(id)));
        cleanUp.attempt(() -> removeWork(store.restoreWork(id)));
    }

    private static void removeFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** What a restore that was killed has left: files, and directories that CRIU mounted something on. */
    private static void removeWork(Path directory) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory)) {
            for (Path each : left) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    unmount(each);
                }
                Files.deleteIfExists(each);
            }
            Files.deleteIfExists(directory);
        } catch (NoSuchFileException e) {
            // nobody restored it, or all was tidied up
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Takes a bind mount away, and the empty directory that it was mounted on. */
    static void unmountAndRemove(Path directory) {
        unmount(directory);
        try {
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** What is not mounted or not there needs no unmounting. */
    private static void unmount(Path target) {
        try {
            Mounts.umount(target, true);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EINVAL) && !e.errno().equals(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
