package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.known.KnownRuns;
import io.jmigrate.pages.zstd.PageCompressor;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Pages on their way over one connection: as they are, or compressed where they arrive sooner so; of those that the destination has already
 * only their place. Used by one thread at a time.
 */
final class OutgoingPages implements AutoCloseable {
    private final Data data;
    private final CompressionGauge gauge;
    private final PageSearch search = new PageSearch(new Pieces());
    private Optional<PageCompressor> compressor = Optional.empty();
    private PagesMoved moved = PagesMoved.NONE;

    OutgoingPages(Data data, Compress choice) {
        this.data = data;
        this.gauge = new CompressionGauge(choice, System.nanoTime());
    }

    /** Pages of zeros: their place. */
    void zeros(PageRun run) {
        search.zeros(run);
        data.send(new DataMessage.ZeroPages(run));
        moved = moved.withZero(run.pages());
    }

    /** @param content of the run, which stays as it is */
    void pages(PageRun run, ByteBuffer content) {
        search.take(run, content);
    }

    /** The process has ended: what came of it is of no use. */
    void ended(PageTarget process) {
        search.ended(process);
        data.send(new DataMessage.ProcessEnded(process));
    }

    /** What went of these pages is of no use, so that nothing may be the same as they. */
    void outdated(PageRun run) {
        search.end();
        data.send(new DataMessage.Outdated(run));
    }

    private final class Pieces implements KnownRuns.Taker {
        @Override
        public void fresh(PageRun run, ByteBuffer content) {
            long begun = System.nanoTime();
            send(run, content);
            search.sent(run.bytes(), System.nanoTime() - begun);
        }

        @Override
        public void same(PageRun run, PageRun same) {
            moved = moved.withKnown(run.pages());
            data.send(new DataMessage.KnownPages(run, same));
        }
    }

    private void send(PageRun run, ByteBuffer content) {
        Optional<ByteBuffer> smaller = gauge.compressesNext(run.bytes()) ? compressed(content) : Optional.empty();
        if (smaller.isPresent()) {
            moved = moved.withCompressed(run.pages(), smaller.get().remaining());
            send(
                    run,
                    new DataMessage.CompressedPages(run, smaller.get()),
                    smaller.get().remaining());
        } else {
            moved = moved.withRaw(run.pages());
            send(run, new DataMessage.Pages(run, content), run.bytes());
        }
    }

    private Optional<ByteBuffer> compressed(ByteBuffer content) {
        PageCompressor with = compressor.orElseGet(PageCompressor::new);
        compressor = Optional.of(with);
        long begun = System.nanoTime();
        Optional<ByteBuffer> smaller = with.compress(content);
        int after = smaller.map(ByteBuffer::remaining).orElse(content.remaining());
        gauge.compressed(content.remaining(), after, System.nanoTime() - begun);
        return smaller;
    }

    private void send(PageRun run, DataMessage message, long bytes) {
        long begun = System.nanoTime();
        data.send(message);
        long now = System.nanoTime();
        gauge.sent(run.bytes(), bytes, now - begun, now);
    }

    /** All that was sent has arrived. @param nanos for which that was waited for */
    void arrived(long nanos) {
        gauge.waited(nanos);
        search.waited(nanos);
    }

    /** How pages have gone so far. */
    PagesMoved moved() {
        return moved;
    }

    @Override
    public void close() {
        compressor.ifPresent(PageCompressor::close);
    }
}
