package io.jmigrate.pages.store;

import io.jmigrate.pages.PageRun;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file of pages that is written from front to back, with holes where pages hold only zeros. */
final class SparseFile implements AutoCloseable {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[PageRun.PAGE_BYTES]);

    private final FileChannel file;
    private long end;
    private boolean endsInHole;

    private SparseFile(FileChannel file) {
        this.file = file;
    }

    static SparseFile create(Path path) throws IOException {
        return new SparseFile(newPrivateFile(path));
    }

    /** A file that didn't exist, readable by its owner alone. */
    static FileChannel newPrivateFile(Path path) throws IOException {
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /** Appends whole pages and consumes them. */
    void append(ByteBuffer data) throws IOException {
        MemorySegment pages = MemorySegment.ofBuffer(data);
        long size = pages.byteSize();
        for (long from = 0; from < size; ) {
            boolean zero = isZero(pages, from);
            long to = from + PageRun.PAGE_BYTES;
            while (to < size && isZero(pages, to) == zero) {
                to += PageRun.PAGE_BYTES;
            }
            if (!zero) {
                write(data.slice(data.position() + (int) from, (int) (to - from)), end + from);
            }
            endsInHole = zero;
            from = to;
        }
        end += size;
        data.position(data.limit());
    }

    private static boolean isZero(MemorySegment pages, long offset) {
        return MemorySegment.mismatch(pages, offset, offset + PageRun.PAGE_BYTES, ZEROS, 0, PageRun.PAGE_BYTES) == -1;
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += file.write(bytes, at);
        }
    }

    /** Gives the file its length when it ends in a hole. */
    void finish() throws IOException {
        if (endsInHole) {
            write(ByteBuffer.wrap(new byte[1]), end - 1);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
