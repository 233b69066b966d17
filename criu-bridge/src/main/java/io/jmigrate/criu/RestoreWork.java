package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * CRIU's work directory of one restore, in the container's directory. CRIU mounts things in its work directory, which go with the container if this
 * process is killed with it; and it looks there for lazy-pages.socket: in one that two restores share they could take each other's memory. Its log and its
 * statistics go where they always go, through links.
 *
 * @param path the directory
 * @param fd the same, open
 * @param log CRIU's log as CRIU names it
 */
record RestoreWork(Path path, Fd fd, Path log) implements AutoCloseable {
    private static final String STATISTICS = "stats-restore"; // criu/stats.c, write_stats

    /**
     * Makes it.
     *
     * @param path what it is called
     * @param log where CRIU's log goes
     */
    static RestoreWork make(Path path, Path log) {
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path link = path.resolve(log.getFileName());
            Files.createSymbolicLink(link, log.toAbsolutePath());
            Files.createSymbolicLink(
                    path.resolve(STATISTICS), log.toAbsolutePath().resolveSibling(STATISTICS));
            return new RestoreWork(path, Descriptors.open(path, OpenFlag.DIRECTORY), link);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private static Failure failed(Path path, IOException e) {
        return Failure.of(CriuCode.RESTORE_FAILED, "cannot use " + path + " for CRIU: " + IoReason.of(e))
                .withCause(e);
    }

    /** Removes it, with what a CRIU that was killed has left. */
    @Override
    public void close() {
        fd.close();
        if (!Files.exists(path)) {
            return; // somebody has deleted the container meanwhile
        }
        RestoreRemains.remove(log);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            if (Files.exists(path)) {
                throw failed(path, e);
            }
        }
    }
}
