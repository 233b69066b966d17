package io.jmigrate.cli.verb;

import io.jmigrate.criu.memory.search.MemoryPiece;
import io.jmigrate.pages.store.SparseFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a piece of memory is written to. */
interface MemoryOutput extends MemoryPiece.Sink, AutoCloseable {
    /** All was written. */
    void complete() throws IOException;

    @Override
    void close() throws IOException;

    /** A new file with holes for zeros; it is removed unless it is completed. */
    static MemoryOutput toFile(Path path) throws IOException {
        SparseFile file = SparseFile.create(path);
        return new MemoryOutput() {
            private boolean complete;

            @Override
            public void bytes(byte[] bytes, int offset, int length) throws IOException {
                file.append(ByteBuffer.wrap(bytes, offset, length).slice());
            }

            @Override
            public void zeros(long count) {
                file.appendZeros(count);
            }

            @Override
            public void complete() throws IOException {
                file.finish();
                complete = true;
            }

            @Override
            public void close() throws IOException {
                file.close();
                if (!complete) {
                    Files.delete(path);
                }
            }
        };
    }

    /** The caller's standard output, which stays open. */
    static MemoryOutput to(PrintStream out) {
        return new MemoryOutput() {
            private final byte[] zeros = new byte[64 << 10];

            @Override
            public void bytes(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
                checkReader();
            }

            @Override
            public void zeros(long count) throws IOException {
                for (long left = count; left > 0; left -= zeros.length) {
                    bytes(zeros, 0, (int) Math.min(left, zeros.length));
                }
            }

            /** A print stream keeps its failures to itself. */
            private void checkReader() throws IOException {
                if (out.checkError()) {
                    throw new IOException("nobody reads it any more");
                }
            }

            @Override
            public void complete() throws IOException {
                checkReader();
            }

            @Override
            public void close() {
                out.flush();
            }
        };
    }
}
