package io.jmigrate.migration.engine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Finds the CRIU that writes a log: as long as a process of that name has the file open, the restore is not over. The tree's own
 * processes may have inherited the descriptor; they have other names from their restore on.
 */
final class LogWriters {
    private LogWriters() {}

    static boolean exist(Path log) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isCriu(process) && hasOpen(process, log)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static boolean isCriu(Path process) {
        try {
            String name = Files.readString(process.resolve("comm")).strip();
            return name.equals("criu") || name.startsWith("ld-linux");
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static boolean hasOpen(Path process, Path log) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.readSymbolicLink(descriptor).equals(log)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false; // it, or its descriptor, has gone meanwhile
        }
        return false;
    }
}
