package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
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
import java.util.Set;
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
    private static final Pattern CGROUP_YARD =
            Pattern.compile("\\(\\d+\\.\\d+\\) cg: Opening (\\.criu\\.cgyard\\.\\w{6}) as cg yard");
    private static final Pattern MOUNT_ROOT =
            Pattern.compile("\\(\\d+\\.\\d+\\) mnt:\\s+Will mount \\d+ @ (/tmp/\\.criu\\.mntns\\.\\w{6})/.*");

    /** Or not there any more. */
    private static final Set<Errno> NOT_MOUNTED = Set.of(Errno.EINVAL, Errno.ENOENT);

    private RestoreRemains() {}

    /**
     * Removes it. That CRIU must have ended; one that has ended by itself has left nothing.
     *
     * @param log its restore.log, in a work directory that no other CRIU has; neither needs to exist
     * @throws Failure RESTORE_FAILED if something can't be removed
     */
    public static void remove(Path log) {
        try {
            removeYards(log.getParent());
            removeMountRoot(log);
        } catch (IOException | LinuxException e) {
            throw failed(e);
        }
    }

    /** The same where others may restore in the same work directory: what the log names. */
    static void removeNamed(Path log) {
        try {
            Optional<String> yard = named(log, CGROUP_YARD);
            if (yard.isPresent()) {
                removeYard(log.resolveSibling(yard.get()));
            }
            removeMountRoot(log);
        } catch (IOException | LinuxException e) {
            throw failed(e);
        }
    }

    private static Failure failed(Exception e) {
        return Failure.of(CriuCode.RESTORE_FAILED, "cannot remove what CRIU has left: " + IoReason.of(e))
                .withCause(e);
    }

    private static void removeYards(Path work) throws IOException {
        try (DirectoryStream<Path> yards = Files.newDirectoryStream(work, CGROUP_YARDS)) {
            for (Path yard : yards) {
                removeYard(yard);
            }
        } catch (NoSuchFileException e) {
            // CRIU was never started there
        }
    }

    private static void removeYard(Path yard) throws IOException {
        try {
            Mounts.umount(yard, true);
        } catch (LinuxException e) {
            if (!NOT_MOUNTED.contains(e.errno())) {
                throw e;
            }
        }
        Files.deleteIfExists(yard);
    }

    private static void removeMountRoot(Path log) throws IOException {
        Optional<Path> root = named(log, MOUNT_ROOT).map(Path::of);
        if (root.isPresent()) {
            try {
                Files.deleteIfExists(root.get());
            } catch (DirectoryNotEmptyException e) {
                // somebody else's by now
            }
        }
    }

    private static Optional<String> named(Path log, Pattern line) throws IOException {
        // the names of a tree's mounts are in the log too, in whatever encoding
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.map(line::matcher)
                    .filter(Matcher::matches)
                    .map(found -> found.group(1))
                    .findFirst();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
