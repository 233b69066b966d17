package io.jmigrate.cli.verb;

import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.ArchiveReader;
import io.jmigrate.archive.ArchiveWriter;
import io.jmigrate.archive.Compression;
import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.ExportRequest;
import io.jmigrate.archive.ImportRequest;
import io.jmigrate.archive.ImportedArchive;
import io.jmigrate.archive.Limits;
import io.jmigrate.archive.Progress;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.runtime.container.ContainerRecord;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** A checkpoint as an archive, and back. The images are beside the archive meanwhile, in a directory that only its owner enters. */
final class CheckpointArchive {
    private static final String RUNTIME = "jmigrate";

    private CheckpointArchive() {}

    static Path newImageDirectory(Path file) {
        Path directory = beside(file);
        try {
            return Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw failure("cannot make " + directory, e);
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
    }

    /**
     * Writes the archive. If that fails the images are kept, because the container may be gone, and the message says where.
     *
     * @param temporary whether the image directory is removed when its content is in the archive
     */
    static void write(
            Path file, ContainerRecord record, Checkpoint checkpoint, Compression compression, boolean temporary) {
        try {
            ArchiveWriter.write(request(file, record, checkpoint, compression));
        } catch (Failure e) {
            throw Failure.of(e.code(), e.getMessage() + "; the images are kept in " + checkpoint.imageDirectory())
                    .withCause(e)
                    .withDetails(e.details());
        }
        if (temporary) {
            remove(checkpoint.imageDirectory());
        }
    }

    private static ExportRequest request(
            Path file, ContainerRecord record, Checkpoint checkpoint, Compression compression) {
        String id = record.id().value();
        Path statistics = checkpoint.imageDirectory().resolve("stats-dump");
        return new ExportRequest(
                file,
                new ContainerDescription(id, id, record.bundle().toString(), RUNTIME, record.created(), Instant.now()),
                record.bundle().resolve("config.json"),
                checkpoint.imageDirectory(),
                Optional.of(checkpoint.log()),
                Optional.of(statistics).filter(Files::exists),
                Optional.empty(),
                compression,
                Progress.SILENT);
    }

    static ImportedArchive read(Path file) {
        return ArchiveReader.read(new ImportRequest(file, beside(file), Limits.DEFAULT, Progress.SILENT));
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw failure("cannot remove " + directory, e);
        }
    }

    private static Failure failure(String what, IOException cause) {
        return Failure.of(ArchiveCode.ARCHIVE_IO, what + ": " + cause.getMessage())
                .withCause(cause);
    }
}
