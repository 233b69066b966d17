package io.jmigrate.criu;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerStore;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.MarkFile;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code ROOT/ID/dump}: there for as long as a dump may have stopped a container that is to go on if the dump is broken off. Who holds the
 * container's lock and finds it knows that the dump's process was killed. Written and removed under that lock.
 */
record DumpMark(MarkFile file) {
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
        return new DumpMark(new MarkFile(store.directory(id).resolve(NAME)));
    }

    /** A reader sees all of it, or none. */
    void write(Content content) {
        file.write(content.text());
    }

    Optional<Content> read() {
        return file.read().map(Content::of);
    }

    void remove() {
        file.remove();
    }
}
