package io.jmigrate.runtime.container;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Writes the files by which other programs learn a pid. A reader sees the whole number or no file. */
public final class PidFile {
    private PidFile() {}

    /** @throws Failure IO */
    public static void write(Optional<Path> file, ProcessRef process) {
        file.map(Path::toAbsolutePath).ifPresent(path -> write(path, process.pid()));
    }

    /** A device, such as /dev/stdout, would be replaced by a file: it is refused. */
    private static void write(Path file, int pid) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw failed(file, "it exists and is no regular file");
        }
        Path next = file.resolveSibling("." + file.getFileName());
        try {
            Files.writeString(next, Integer.toString(pid));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Failure failure = failed(file, IoReason.of(e)).withCause(e);
            remove(next, failure);
            throw failure;
        }
    }

    private static void remove(Path halfWritten, Failure failure) {
        try {
            Files.deleteIfExists(halfWritten);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static Failure failed(Path file, String why) {
        return Failure.of(RuntimeCode.IO, "cannot write the pid file " + file + ": " + why);
    }
}
