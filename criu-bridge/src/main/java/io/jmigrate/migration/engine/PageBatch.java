package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.zstd.PageCompressor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Messages in a row, with copies of the pages among them that may be compressed. Used again and again, and by one thread at a time: who
 * fills it, who compresses, who sends.
 */
final class PageBatch {
    private static final int ENTRIES_MAX = 1024;

    private final ByteBuffer copies = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final ByteBuffer compressed = ByteBuffer.allocateDirect(PageSink.DATA_BYTES_MAX);
    private final List<Entry> entries = new ArrayList<>();
    private long nanos;

    /** One of them. */
    sealed interface Entry {}

    /** A message as it is to go. */
    record Message(DataMessage message) implements Entry {}

    /** Pages, and what became of them if they got smaller. */
    record Pages(PageRun run, ByteBuffer content, Optional<ByteBuffer> smaller) implements Entry {
        /** Bytes of them on the way. */
        int sent() {
            return smaller.orElse(content).remaining();
        }
    }

    /** @param bytes of pages that are to be added, at most {@link PageSink#DATA_BYTES_MAX} */
    boolean hasRoomFor(int bytes) {
        return copies.remaining() >= bytes && entries.size() < ENTRIES_MAX;
    }

    void add(DataMessage message) {
        entries.add(new Message(message));
    }

    /** @param content is copied */
    void add(PageRun run, ByteBuffer content) {
        ByteBuffer copy = copies.slice(copies.position(), content.remaining());
        copies.put(content.duplicate());
        entries.add(new Pages(run, copy, Optional.empty()));
    }

    /** What gets smaller has room together, as it does. */
    void compress(PageCompressor compressor) {
        long begun = System.nanoTime();
        entries.replaceAll(entry -> entry instanceof Pages pages ? compressed(pages, compressor) : entry);
        nanos = System.nanoTime() - begun;
    }

    private Pages compressed(Pages pages, PageCompressor compressor) {
        Optional<ByteBuffer> smaller = compressor.compress(pages.content()).map(result -> {
            ByteBuffer kept = compressed.slice(compressed.position(), result.remaining());
            compressed.put(result);
            return kept;
        });
        return new Pages(pages.run(), pages.content(), smaller);
    }

    List<Entry> entries() {
        return entries;
    }

    /** For how long it was compressed. */
    long nanos() {
        return nanos;
    }

    /** Bytes of its pages, as they were. */
    long pageBytes() {
        return copies.position();
    }

    /** What they are on the way. */
    long sentBytes() {
        return entries.stream()
                .mapToLong(entry -> entry instanceof Pages pages ? pages.sent() : 0)
                .sum();
    }

    void clear() {
        copies.clear();
        compressed.clear();
        entries.clear();
        nanos = 0;
    }
}
