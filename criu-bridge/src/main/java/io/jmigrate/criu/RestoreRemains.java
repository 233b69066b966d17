package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.Mounts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a CRIU that was killed during a restore has left on the host. It makes directories for mounts of its own and takes them away
 * at its end: one with the cgroup hierarchies, mounted, in its work directory (criu/cgroup.c), and one in /tmp, which is mounted on in
 * the container's mount namespace alone (criu/mount.c).
 */
public final class RestoreRemains {
    private static final String CGROUP_YARDS = ".criu.cgyard.*";
    private static final Pattern MOUNT_ROOT =
            Pattern.compile("\\(\\d+\\.\\d+\\) mnt:\\s+Will mount \\d+ @ (/tmp/\\.criu\\.mntns\\.\\w{6})/.*");

    private RestoreRemains() {}

    /**
     * Removes it. That CRIU must have ended; one that has ended by itself has left nothing.
     *
     * @param log its restore.log, in its work directory; neither needs to exist
     * @throws Failure RESTORE_FAILED if something can't be removed
     */
    public static void remove(Path log) {
        try {
            removeYards(log.getParent());
            Optional<Path> root = mountRoot(log);
            if (root.isPresent()) {
                removeEmpty(root.get());
            }
        } catch (IOException | LinuxException e) {
            throw Failure.of(CriuCode.RESTORE_FAILED, "cannot remove what CRIU has left: " + e.getMessage())
                    .withCause(e);
        }
    }

    private static void removeYards(Path work) throws IOException {
        try (DirectoryStream<Path> yards = Files.newDirectoryStream(work, CGROUP_YARDS)) {
            for (Path yard : yards) {
                unmount(yard);
                Files.delete(yard);
            }
        } catch (NoSuchFileException e) {
            // CRIU was never started there
        }
    }

    private static void unmount(Path yard) {
        try {
            Mounts.umount(yard, true);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EINVAL)) { // it is not mounted
                throw e;
            }
        }
    }

    private static Optional<Path> mountRoot(Path log) throws IOException {
        // the names of a tree's mounts are in the log too, in whatever encoding
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.map(MOUNT_ROOT::matcher)
                    .filter(Matcher::matches)
                    .map(found -> Path.of(found.group(1)))
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static void removeEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            // somebody else's by now
        }
    }
}
