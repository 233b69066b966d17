package io.jmigrate.pages;

import io.jmigrate.pages.store.PageFiles;
import io.jmigrate.pages.store.PageIndexes;
import io.jmigrate.pages.store.StoredPages;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Images whose pages are read from their files by whoever brings them, as it is after a migration. */
public final class FiledImages implements PageFiles {
    private final Path directory;
    private final Map<Integer, Fd> open = new ConcurrentHashMap<>();

    private FiledImages(Path directory) {
        this.directory = directory;
    }

    public static PageStore open(Path directory) {
        return new StoredPages(PageIndexes.of(directory).all(), new FiledImages(directory), _ -> {
            throw new AssertionError("memory comes later");
        });
    }

    @Override
    public void read(int file, long offset, ByteBuffer target) {
        throw new AssertionError("nobody is asked for pages");
    }

    @Override
    public Optional<Fd> descriptor(int file) {
        return Optional.of(
                open.computeIfAbsent(file, number -> Descriptors.open(directory.resolve("pages-" + number + ".img"))));
    }

    @Override
    public void close() {
        open.values().forEach(Fd::close);
    }
}
