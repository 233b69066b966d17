package io.jmigrate.runtime.store;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A small text in a file that says something by being there. Every method throws {@code Failure} IO. */
public record MarkFile(Path file) {
    /** A reader sees all of it, or what was there before. */
    public void write(String text) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(fresh, text);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    /** Empty if it is not there. */
    public Optional<String> read() {
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    /** Nothing is done if it is not there. */
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw failed("remove", e);
        }
    }

    private Failure failed(String act, IOException e) {
        return Failure.of(RuntimeCode.IO, "cannot " + act + " " + file + ": " + IoReason.of(e))
                .withCause(e);
    }
}
