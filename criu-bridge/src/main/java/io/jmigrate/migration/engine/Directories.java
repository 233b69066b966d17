package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories of this program's own, readable by their owner alone. */
final class Directories {
    private Directories() {}

    static void make(Path directory) {
        try {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot make the directory " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** With everything below it; links are removed, not followed. A missing one is no error. */
    static void remove(Path path) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
                    children.forEach(Directories::remove);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw Failure.of(MigrationCode.TRANSFER, "cannot remove " + path + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
