package io.jmigrate.archive.seekable;

import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * Compares all of a file with its checksums, once: as it is in the file, or else decompressed. Any number of threads take part; each
 * takes the next frame that nobody has taken.
 */
final class FrameCheck {
    private final FileChannel file;
    private final SeekTable table;
    private final Optional<FrameChecksums> checksums;
    private final int end;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    FrameCheck(FileChannel file, SeekTable table, Optional<FrameChecksums> checksums) {
        this.file = file;
        this.table = table;
        this.checksums = checksums;
        // closed at the end of the file: what is left of the table's own frame has been compared when it was read
        this.end = checksums.map(FrameChecksums::frames).orElse(table.frames());
    }

    /**
     * Compares what nobody has taken yet. Others may still be at what they have taken.
     *
     * @param threads that take part
     * @throws IOException what anybody has found so far
     */
    void run(int threads) throws IOException {
        IntStream.range(0, threads).parallel().forEach(_ -> frames());
        IOException found = failure.get();
        if (found != null) {
            throw found;
        }
    }

    /** Takes frames until there are no more. */
    private void frames() {
        if (next.get() >= end) {
            return;
        }
        try (FrameReader reader = new FrameReader(file, table, Optional.empty());
                Arena memory = Arena.ofConfined()) {
            ByteBuffer content = PageBuffer.allocate(memory, checksums.isPresent() ? 0 : table.largest(false));
            for (int frame = next.getAndIncrement(); frame < end; frame = next.getAndIncrement()) {
                frame(reader, frame, content);
            }
        } catch (IOException e) {
            next.set(end);
            failure.compareAndSet(null, e);
        }
    }

    private void frame(FrameReader reader, int frame, ByteBuffer content) throws IOException {
        if (checksums.isPresent()) {
            if (!checksums.get().fits(frame, reader.raw(frame))) {
                throw reader.damaged(frame, FrameReader.NOT_AS_WRITTEN);
            }
        } else if (table.contentBytes(frame) > 0) {
            reader.content(frame, content);
        }
    }
}
