package io.jmigrate.archive.seekable;

import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Compares all of a file with its checksums, on all cores: as it is in the file, or else decompressed. */
record FrameCheck(FileChannel file, SeekTable table, Optional<FrameChecksums> checksums) {
    void run() throws IOException {
        AtomicInteger next = new AtomicInteger();
        try {
            IntStream.range(0, Runtime.getRuntime().availableProcessors())
                    .parallel()
                    .forEach(_ -> frames(next));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Takes frames until there are no more. */
    private void frames(AtomicInteger next) {
        // closed at the end of the file: what is left of the table's own frame has been compared when it was read
        int end = checksums.map(FrameChecksums::frames).orElse(table.frames());
        try (FrameReader reader = new FrameReader(file, table, Optional.empty());
                Arena memory = Arena.ofConfined()) {
            ByteBuffer content = PageBuffer.allocate(memory, checksums.isPresent() ? 0 : table.largest(false));
            for (int frame = next.getAndIncrement(); frame < end; frame = next.getAndIncrement()) {
                frame(reader, frame, content);
            }
        } catch (IOException e) {
            next.set(end);
            throw new UncheckedIOException(e);
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
