package io.jmigrate.pages.frozen;

import io.jmigrate.pages.PageCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Pages files in memory of this host: in files without a name (memfd_create(2)), which are not memory of this process. */
public final class MemoryCopy implements AutoCloseable {
    private final Path directory;
    private final List<Copied> files;

    private MemoryCopy(Path directory, List<Copied> files) {
        this.directory = directory;
        this.files = files;
    }

    static MemoryCopy of(Path directory, List<PagesSource> sources, Runnable turn) {
        List<Copied> files = new ArrayList<>();
        MemoryCopy copy = new MemoryCopy(directory, files);
        try {
            for (PagesSource source : sources) {
                Copied file = Copied.empty(source.name(), source.bytes());
                files.add(file);
                PagesCopy.into(file.fd(), source, turn);
            }
            return copy;
        } catch (LinuxException e) {
            try (copy) {
                throw Failure.of(PageCode.PAGES_IO, "cannot copy memory of the tree to memory: " + e.getMessage())
                        .withCause(e);
            }
        } catch (RuntimeException e) {
            try (copy) {
                throw e;
            }
        }
    }

    private record Copied(String name, long bytes, Fd fd) implements PagesSource {
        static Copied empty(String name, long bytes) {
            return new Copied(name, bytes, Descriptors.memfd(name, ByteBuffer.allocate(0), false));
        }

        @Override
        public void read(long offset, ByteBuffer into) {
            try {
                if (!Descriptors.preadFully(fd, into, offset)) {
                    throw unreadable("it is too short", null);
                }
            } catch (LinuxException e) {
                throw unreadable(e.getMessage(), e);
            }
        }

        private Failure unreadable(String why, LinuxException cause) {
            return Failure.of(PageCode.PAGES_IO, "cannot read the copy of " + name + ": " + why)
                    .withCause(cause);
        }
    }

    /** The files; to be read until this is closed. */
    public List<PagesSource> files() {
        return List.copyOf(files);
    }

    /**
     * Completes the image directory.
     *
     * @param turn called often, by any thread; what it throws ends the copy
     * @throws Failure PAGES_IO, PAGES_NO_SPACE, and what {@code turn} throws
     */
    public void complete(Runnable turn) {
        files.forEach(file -> PagesCopy.intoDirectory(file, directory, turn));
    }

    @Override
    public void close() {
        files.forEach(file -> file.fd().close());
    }
}
