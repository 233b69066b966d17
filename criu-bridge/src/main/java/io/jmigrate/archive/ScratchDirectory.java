package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A directory for what is on its way, a container's memory: nobody else may look into it, and it is removed when it is closed.
 *
 * <p>It is locked (flock(2)) as long as it is in use. What a process that was killed has left behind is not locked any more, and is
 * removed when the next directory is made at the same place.
 */
public final class ScratchDirectory implements AutoCloseable {
    private static final String PREFIX = ".jmigrate-";
    /** Until it is locked. */
    private static final String PREFIX_UNLOCKED = ".new-jmigrate-";

    private static final String LEFTOVERS = "{" + PREFIX + "," + PREFIX_UNLOCKED + "}*";

    /** Whoever looks for leftovers may come upon a directory just before it is locked, and take it for one. */
    private static final int ATTEMPTS = 10;

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
            for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
                Optional<ScratchDirectory> made = create(parent);
                if (made.isPresent()) {
                    return made.get();
                }
            }
            return create(parent).orElseThrow(() -> new IOException("each one is taken for a leftover and removed"));
        } catch (IOException | LinuxException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "cannot make a directory in " + parent + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** Empty if somebody has removed it meanwhile. */
    private static Optional<ScratchDirectory> create(Path parent) throws IOException {
        Path unlocked = Files.createTempDirectory(
                parent,
                PREFIX_UNLOCKED,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Optional<Fd> lock = locked(unlocked);
        if (lock.isEmpty()) {
            return Optional.empty();
        }
        try {
            String random = unlocked.getFileName().toString().substring(PREFIX_UNLOCKED.length());
            Path locked = parent.resolve(PREFIX + random);
            Files.move(unlocked, locked, StandardCopyOption.ATOMIC_MOVE);
            return Optional.of(new ScratchDirectory(locked, lock.get()));
        } catch (NoSuchFileException e) {
            lock.get().close();
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            try (Fd _ = lock.get()) {
                throw e;
            }
        }
    }

    /** Empty if it is somebody else's, or nobody's any more. */
    private static Optional<Fd> locked(Path directory) {
        Fd lock;
        try {
            lock = Descriptors.open(directory, OpenFlag.DIRECTORY, OpenFlag.NO_FOLLOW);
        } catch (LinuxException e) {
            if (e.errno().equals(Errno.ENOENT)) {
                return Optional.empty();
            }
            throw e;
        }
        if (Descriptors.tryLock(lock)) {
            return Optional.of(lock);
        }
        lock.close();
        return Optional.empty();
    }

    private static void removeLeftovers(Path parent) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(parent, LEFTOVERS)) {
            for (Path candidate : candidates) {
                if (isOurs(candidate)) {
                    removeIfLeft(candidate);
                }
            }
        }
    }

    /** Others may have put something of that name into a directory that all can write to. */
    private static boolean isOurs(Path candidate) throws IOException {
        try {
            return Files.isDirectory(candidate, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(candidate, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(Processes.effectiveUid());
        } catch (NoSuchFileException e) {
            return false; // it was in use, and is no more
        }
    }

    private static void removeIfLeft(Path candidate) throws IOException {
        Optional<Fd> lock = locked(candidate);
        if (lock.isPresent()) {
            try (Fd _ = lock.get()) {
                ExtractionDirectory.remove(candidate);
            } catch (NoSuchFileException e) {
                // whoever used it has moved or removed it before the lock was free
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
