package io.jmigrate.migration.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the CRIU that writes a log, whatever its program is called: as long as a process that was started as one has the file open, the
 * restore is not over. The tree's own processes may have inherited the descriptor; they have other words on their command line from their
 * restore on.
 */
final class LogWriters {
    /** By which CRIU is told to speak over a socket (criu/crtools.c). */
    private static final String SWRK = "swrk";

    private LogWriters() {}

    static boolean exist(Path log) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isCriu(process) && hasOpen(process, log)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(e.getCause());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCriu(Path process) {
        try {
            return List.of(Files.readString(process.resolve("cmdline")).split("\0"))
                    .contains(SWRK);
        } catch (IOException e) {
            return false; // it has ended meanwhile
        }
    }

    private static boolean hasOpen(Path process, Path log) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (leadsTo(descriptor, log)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it has ended meanwhile
        }
    }

    private static boolean leadsTo(Path descriptor, Path log) {
        try {
            return Files.isSameFile(descriptor, log);
        } catch (IOException e) {
            return false; // it was closed meanwhile, or there is no log
        }
    }
}
