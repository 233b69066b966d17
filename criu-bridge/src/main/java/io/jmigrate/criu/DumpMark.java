package io.jmigrate.criu;

import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerStore;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.store.MarkFile;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code ROOT/ID/dump}: there for as long as a dump may have stopped a container that is to go on if the dump is broken off. Who holds the
 * container's lock and finds it knows that the dump's process was killed. Written and removed under that lock.
 */
record DumpMark(MarkFile file) {
    private static final String NAME = "dump";

    /** What the container is to be when nothing of the dump is left. */
    enum Before {
        /** It ran, and goes on. */
        RUNNING,
        /** Its user had paused it, and it stays so. */
        PAUSED,
        /** It ran, and was about to go to another host: as long as it may run there, it does not go on here. */
        LEAVING;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What it says.
     *
     * @param before what the container was
     * @param criu who dumps it, perhaps still
     */
    record Content(Before before, ProcessRef criu) {
        Content {
            Objects.requireNonNull(before);
            Objects.requireNonNull(criu);
        }

        private String text() {
            return before.word() + " " + criu.text();
        }

        private static Content of(String text) {
            String[] words = text.split(" ", 2);
            return new Content(Before.valueOf(words[0].toUpperCase(Locale.ROOT)), ProcessRef.ofText(words[1]));
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
