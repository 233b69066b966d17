package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/** The content of a zstd file with a seek table. */
public final class FramedContent implements SeekableContent {
    private final FileChannel file;
    private final SeekTable table;
    private final Optional<FrameChecksums> checksums;
    private final FrameCache cache;
    private final FrameCheck check;

    private FramedContent(FileChannel file, SeekTable table, Optional<FrameChecksums> checksums) {
        this.file = file;
        this.table = table;
        this.checksums = checksums;
        this.cache = new FrameCache(
                file, table, checksums.filter(known -> known.signed().isPresent()));
        this.check = new FrameCheck(file, table, checksums);
    }

    /**
     * Opens a file; empty if it has no seek table, or one without checksums.
     *
     * @throws DamagedException if the table can't be one of this file, or is not as it was written
     */
    public static Optional<FramedContent> open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        try {
            Optional<SeekTable> table = SeekTable.read(file);
            if (table.isEmpty()) {
                file.close();
                return Optional.empty();
            }
            return Optional.of(new FramedContent(file, table.get(), FrameChecksums.read(file, table.get())));
        } catch (IOException | RuntimeException e) {
            try (file) {
                throw e;
            }
        }
    }

    @Override
    public long bytes() {
        return table.contentBytes();
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(offset, into.remaining(), bytes());
        long at = offset;
        while (into.hasRemaining()) {
            at += cache.read(table.frameAt(at), at, into);
        }
    }

    @Override
    public Optional<SignedBytes> signed() {
        return checksums.flatMap(FrameChecksums::signed);
    }

    @Override
    public void check(int threads) throws IOException {
        check.run(threads);
    }

    @Override
    public boolean checkable() {
        return true;
    }

    @Override
    public void close() throws IOException {
        try (file) {
            cache.close();
        }
    }
}
