package io.jmigrate.pages.store;

import io.jmigrate.pages.ZeroPages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A new file that is written from front to back, with holes where pages hold only zeros. Readable by its owner alone.
 */
public final class SparseFile implements AutoCloseable {
    private final FileChannel file;
    private long end;
    private boolean endsInHole;

    private SparseFile(FileChannel file) {
        this.file = file;
    }

    /** @param path must not exist, not even as a link */
    public static SparseFile create(Path path) throws IOException {
        return new SparseFile(newPrivateFile(path));
    }

    /** A file that didn't exist, readable by its owner alone. */
    static FileChannel newPrivateFile(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Appends and consumes bytes. Holes come of those that are aligned to pages in {@code data}. */
    public void append(ByteBuffer data) throws IOException {
        ZeroPages.divide(data, (offset, _, bytes) -> {
            write(bytes, end + offset);
            endsInHole = bytes.limit() == 0;
        });
        end += data.remaining();
        data.position(data.limit());
    }

    /** Appends zeros, as a hole. */
    public void appendZeros(long bytes) {
        end = Math.addExact(end, bytes);
        endsInHole |= bytes > 0;
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Gives the file its length when it ends in a hole. */
    public void finish() throws IOException {
        if (endsInHole) {
            write(ByteBuffer.wrap(new byte[1]), end - 1);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
