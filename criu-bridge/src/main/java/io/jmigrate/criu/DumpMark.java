package io.jmigrate.criu;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerStore;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import io.jmigrate.runtime.linux.ProcessRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code ROOT/ID/dump}: there for as long as a dump may have stopped a container that is to go on if the dump is broken off. Who holds the
 * container's lock and finds it knows that the dump's process was killed. Written and removed under that lock.
 */
record DumpMark(Path file) {
    private static final String NAME = "dump";

    /**
     * What it says.
     *
     * @param paused whether the container's user had paused it
     * @param criu who dumps it, perhaps still
     */
    record Content(boolean paused, ProcessRef criu) {
        Content {
            Objects.requireNonNull(criu);
        }

        private String text() {
            return (paused ? "paused " : "running ") + criu.text();
        }

        private static Content of(String text) {
            String[] words = text.split(" ", 2);
            return new Content(words[0].equals("paused"), ProcessRef.ofText(words[1]));
        }
    }

    static DumpMark of(ContainerStore store, ContainerId id) {
        return new DumpMark(store.directory(id).resolve(NAME));
    }

    /** A reader sees all of it, or none. */
    void write(Content content) {
        Path fresh = file.resolveSibling(NAME + ".new");
        try {
            Files.writeString(fresh, content.text());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failed("write", e);
        }
    }

    Optional<Content> read() {
        try {
            return Optional.of(Content.of(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", e);
        }
    }

    void remove() {
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
