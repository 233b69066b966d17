package io.jmigrate.archive;

import io.jmigrate.pages.store.SparseFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** The directory that an archive is extracted into: fresh, closed to others, with the few subdirectories that archives have. */
final class ExtractionDirectory {
    private final Path path;

    private ExtractionDirectory(Path path) {
        this.path = path;
    }

    static ExtractionDirectory create(Path path) {
        try {
            createPrivate(path);
            createCheckpoint(path);
            return new ExtractionDirectory(path);
        } catch (FileAlreadyExistsException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_EXISTS, "directory " + path + " exists already")
                    .withCause(e);
        } catch (IOException e) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "directory " + path + " can't be made: " + IoReason.of(e))
                    .withCause(e);
        }
    }

    private static void createCheckpoint(Path path) throws IOException {
        try {
            createPrivate(path.resolve(ArchiveLayout.CHECKPOINT));
        } catch (IOException e) {
            Files.delete(path);
            throw e;
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path path() {
        return path;
    }

    /** Makes a new file of a name that {@link MemberRules} has admitted. */
    SparseFile file(String name) throws IOException {
        Path file = path.resolve(name);
        if (!Files.exists(file.getParent())) {
            createPrivate(file.getParent());
        }
        return SparseFile.create(file);
    }

    Failure failure(IOException cause) {
        return FullDisk.at(path)
                ? Failure.of(ArchiveCode.ARCHIVE_NO_SPACE, "no space is left to extract the archive to " + path)
                        .withCause(cause)
                : Failure.of(ArchiveCode.ARCHIVE_IO, "extracting to " + path + " failed: " + IoReason.of(cause))
                        .withCause(cause);
    }

    /** Removes the directory with everything in it; links in it, which an extraction never makes, aren't followed. */
    static void remove(Path path) throws IOException {
        try (Stream<Path> tree = Files.walk(path)) {
            for (Path entry : tree.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(entry);
            }
        }
    }
}
