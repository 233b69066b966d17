package io.jmigrate.pages.arrival;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.store.PageFiles;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The file of what has arrived, by the number {@link #ARRIVED}, and those of the image directory. */
final class ArrivedFiles implements PageFiles {
    static final int ARRIVED = -1;

    private final Path directory;
    private final Fd arrived;
    private final Map<Integer, Fd> images = new HashMap<>();

    /** @param arrived closed by the caller */
    ArrivedFiles(Path directory, Fd arrived) {
        this.directory = directory;
        this.arrived = arrived;
    }

    @Override
    public void read(int file, long offset, ByteBuffer target) {
        try {
            if (!Descriptors.preadFully(fd(file), target, offset)) {
                throw Failure.of(PageCode.PAGES_IO, "a file of memory that has arrived ends too early");
            }
        } catch (LinuxException e) {
            throw unreadable(e);
        }
    }

    private synchronized Fd fd(int file) {
        return file == ARRIVED ? arrived : images.computeIfAbsent(file, this::open);
    }

    private Fd open(int file) {
        try {
            return Descriptors.open(directory.resolve(PageImages.pages(file)), OpenFlag.NO_FOLLOW);
        } catch (LinuxException e) {
            throw unreadable(e);
        }
    }

    private static Failure unreadable(LinuxException e) {
        return Failure.of(PageCode.PAGES_IO, "cannot read memory that has arrived: " + e.getMessage())
                .withCause(e);
    }

    @Override
    public Optional<Fd> descriptor(int file) {
        return Optional.of(fd(file));
    }

    @Override
    public synchronized void close() {
        images.values().forEach(Fd::close);
    }
}
