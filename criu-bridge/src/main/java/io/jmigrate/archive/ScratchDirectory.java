package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory for what is on its way, a container's memory: nobody else may look into it, and it is removed when it is closed.
 *
 * <p>It is locked (flock(2)) as long as it is in use. What a process that was killed has left behind is not locked any more, and is
 * removed when the next directory is made at the same place.
 */
public final class ScratchDirectory implements AutoCloseable {
    private static final String PREFIX = ".jmigrate-";
    /** Until it is locked it has a name that nobody looks for. */
    private static final String PREFIX_UNLOCKED = ".new-jmigrate-";

    private final Path path;
    private final Fd lock;

    private ScratchDirectory(Path path, Fd lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * In the directory of a file, so that it has the room that the file needs.
     *
     * @throws Failure ARCHIVE_IO
     */
    public static ScratchDirectory beside(Path file) {
        return in(file.toAbsolutePath().getParent());
    }

    /** @throws Failure ARCHIVE_IO */
    public static ScratchDirectory in(Path parent) {
        try {
            removeLeftovers(parent);
            return create(parent);
        } catch (IOException | LinuxException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "cannot make a directory in " + parent + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    private static ScratchDirectory create(Path parent) throws IOException {
        Path unlocked = Files.createTempDirectory(
                parent,
                PREFIX_UNLOCKED,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Fd lock = Descriptors.open(unlocked, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        try {
            if (!Descriptors.tryLock(lock)) {
                throw new IOException("somebody else has locked " + unlocked);
            }
            String random = unlocked.getFileName().toString().substring(PREFIX_UNLOCKED.length());
            Path locked = parent.resolve(PREFIX + random);
            Files.move(unlocked, locked, StandardCopyOption.ATOMIC_MOVE);
            return new ScratchDirectory(locked, lock);
        } catch (IOException | RuntimeException e) {
            try (lock) {
                throw e;
            }
        }
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path candidate : candidates) {
                if (isOurs(candidate)) {
                    removeIfLeft(candidate);
                }
            }
        }
    }

    /** Others may have put something of that name into a directory that all can write to. */
    private static boolean isOurs(Path candidate) throws IOException {
        return Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                && Files.getAttribute(candidate, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                        .equals(Processes.effectiveUid());
    }

    private static void removeIfLeft(Path candidate) throws IOException {
        try (Fd lock = Descriptors.open(candidate, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW)) {
            if (Descriptors.tryLock(lock)) {
                ExtractionDirectory.remove(candidate);
            }
        }
    }

    public Path path() {
        return path;
    }

    /** @throws Failure ARCHIVE_IO if something of it can't be removed */
    @Override
    public void close() {
        try (lock) {
            ExtractionDirectory.remove(path);
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "cannot remove " + path + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
