package io.jmigrate.runtime.store;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

/**
 * The exclusive right to change one name, among all processes of the host and all threads of this one. It ends when it is closed
 * or its process dies. The lock's file is removed with it; a file that was removed meanwhile is no longer the lock, which is why
 * the file that was locked is compared with the one that has the name.
 */
public final class NameLock implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(1);

    private final Path file;
    private final Fd fd;

    private NameLock(Path file, Fd fd) {
        this.file = file;
        this.fd = fd;
    }

    /**
     * Waits for the lock.
     *
     * @param file its file, which is made if needed; its directory must exist
     * @throws Failure WRONG_STATE if another command still holds it after the limit
     */
    public static NameLock acquire(Path file, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Fd fd = open(file);
            try {
                if (lock(fd, deadline) && isStill(file, fd)) {
                    return new NameLock(file, fd);
                }
            } catch (RuntimeException e) {
                try (fd) {
                    throw e;
                }
            }
            fd.close();
            if (System.nanoTime() > deadline) {
                throw Failure.of(
                        RuntimeCode.WRONG_STATE,
                        "another command has been working on \"" + file.getFileName() + "\" for more than "
                                + limit.toMillis() + " ms");
            }
        }
    }

    private static Fd open(Path file) {
        try {
            return Descriptors.open(file, 0600, OpenFlag.READ_WRITE, OpenFlag.CREATE, OpenFlag.NO_FOLLOW);
        } catch (LinuxException e) {
            throw Failure.of(RuntimeCode.IO, "cannot lock \"" + file.getFileName() + "\": " + e.getMessage())
                    .withCause(e);
        }
    }

    private static boolean lock(Fd fd, long deadline) {
        while (!Descriptors.tryLock(fd)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static boolean isStill(Path file, Fd fd) {
        try {
            return Objects.equals(key(file), key(fd.procPath()));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot read the lock " + file).withCause(e);
        }
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    /** Gives the right up. */
    @Override
    public void close() {
        try (fd) {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove the lock " + file).withCause(e);
        }
    }
}
