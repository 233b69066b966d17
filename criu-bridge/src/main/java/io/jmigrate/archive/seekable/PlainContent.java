package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** A file that is its content: without checksums. */
public final class PlainContent implements SeekableContent {
    private final FileChannel file;
    private final long bytes;

    private PlainContent(FileChannel file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    public static PlainContent open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new PlainContent(file, file.size());
        } catch (IOException e) {
            try (file) {
                throw e;
            }
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(offset, into.remaining(), bytes);
        Whole.read(file, offset, into);
    }

    @Override
    public Optional<SignedBytes> signed() {
        return Optional.empty();
    }

    @Override
    public void check(int threads) {
        // there is nothing to compare it with
    }

    @Override
    public boolean checkable() {
        return false;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
