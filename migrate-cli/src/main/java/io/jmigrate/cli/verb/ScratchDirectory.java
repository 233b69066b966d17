package io.jmigrate.cli.verb;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A directory that nobody else may look into and that is removed when it is closed: it holds a container's memory.
 *
 * @param path the directory, mode 0700
 */
record ScratchDirectory(Path path) implements AutoCloseable {
    private static final String NAME = ".jmigrate-";

    /** In the directory of a file, so that it has the room that the file needs. */
    static ScratchDirectory beside(Path file) {
        return in(file.toAbsolutePath().getParent());
    }

    static ScratchDirectory in(Path parent) {
        try {
            return new ScratchDirectory(Files.createTempDirectory(
                    parent, NAME, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot make a directory in " + parent + ": " + e.getMessage())
                    .withCause(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot remove " + path + ": " + e.getMessage())
                    .withCause(e);
        }
    }
}
