package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Errno;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.LinuxException;
import io.jmigrate.runtime.linux.OpenFlag;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A regular file whose content comes. What does not come stays as it was: zeros of a new file. */
final class IncomingFile implements AutoCloseable {
    private static final int PRIVATE = 0600;
    private static final int CHUNK = 256 << 10;

    private final Path path;
    private final TreeEntry entry;
    private final boolean isNew;
    private final Fd file;

    private IncomingFile(Path path, TreeEntry entry, boolean isNew, Fd file) {
        this.path = path;
        this.entry = entry;
        this.isNew = isNew;
        this.file = file;
    }

    /** A file that does not exist yet, readable by its owner alone until it is complete. */
    static IncomingFile make(Path path, TreeEntry entry) {
        return sized(
                path,
                entry,
                true,
                Descriptors.open(path, PRIVATE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE, OpenFlag.WRITE_ONLY));
    }

    /** One that exists and is a regular file. It is cut or extended to its new size. */
    static IncomingFile again(Path path, TreeEntry entry) {
        return sized(path, entry, false, Descriptors.open(path, OpenFlag.WRITE_ONLY, OpenFlag.NO_FOLLOW));
    }

    private static IncomingFile sized(Path path, TreeEntry entry, boolean isNew, Fd file) {
        try {
            Descriptors.setSize(file, entry.size());
            return new IncomingFile(path, entry, isNew, file);
        } catch (RuntimeException e) {
            try (file) {
                throw e;
            }
        }
    }

    Path path() {
        return path;
    }

    TreeEntry entry() {
        return entry;
    }

    boolean isNew() {
        return isNew;
    }

    boolean holds(long offset, long bytes) {
        return bytes <= entry.size() && offset <= entry.size() - bytes;
    }

    void data(long offset, byte[] bytes) {
        Descriptors.pwriteFully(file, ByteBuffer.wrap(bytes), offset);
    }

    /** Makes a hole, or writes zeros where the file system has no holes. */
    void zeros(long offset, long bytes) {
        try {
            Descriptors.punchHole(file, offset, bytes);
        } catch (LinuxException e) {
            if (!e.errno().equals(Errno.EOPNOTSUPP)) {
                throw e;
            }
            for (long at = 0; at < bytes; at += CHUNK) {
                data(offset + at, new byte[(int) Math.min(CHUNK, bytes - at)]);
            }
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
