package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.known.KnownRuns;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Pages on their way: as they are, by the thread that hands them over, or compressed where they arrive sooner so, by others beside it; of those
 * that the destination has already only their place. Always in order. Used by one thread at a time.
 */
final class OutgoingPages implements AutoCloseable {
    private final Data data;
    private final CompressionGauge gauge;
    private final PageSearch search;
    private Optional<CompressingLine> line = Optional.empty();
    /** What is filled now; while there is one, or some of the line are under way, everything goes by the line. */
    private Optional<PageBatch> batch = Optional.empty();

    private boolean underWay;
    private PagesMoved moved = PagesMoved.NONE;
    private long shared;

    /** @param kept what the destination has of earlier times */
    OutgoingPages(Data data, Compress choice, KeptPeer kept) {
        this.data = data;
        this.search = new PageSearch(kept, new Pieces());
        this.gauge = new CompressionGauge(choice, data.connections(), System.nanoTime());
    }

    /** Pages of zeros: their place. */
    void zeros(PageRun run) {
        search.zeros(run);
        message(new DataMessage.ZeroPages(run));
        count(so -> so.withZero(run.pages()));
    }

    /** @param content of the run, which stays as it is */
    void pages(PageRun run, ByteBuffer content) {
        search.take(run, content);
    }

    /** The process has ended: what came of it is of no use. */
    void ended(PageTarget process) {
        search.ended(process);
        message(new DataMessage.ProcessEnded(process));
    }

    /** What went of these pages is of no use, so that nothing may be the same as they. */
    void outdated(PageRun run) {
        search.end();
        message(new DataMessage.Outdated(run));
    }

    private final class Pieces implements KnownRuns.Taker {
        @Override
        public void fresh(PageRun run, ByteBuffer content) {
            long begun = System.nanoTime();
            if (gauge.compressesNext(run.bytes())) {
                filled(content.remaining()).add(run, content);
            } else {
                drain();
                send(new PageBatch.Pages(run, content, Optional.empty()));
            }
            search.sent(run.bytes(), System.nanoTime() - begun);
        }

        @Override
        public void same(PageRun run, PageRun same) {
            count(so -> so.withKnown(run.pages()));
            search.found(run.bytes());
            message(new DataMessage.KnownPages(run, same));
        }

        @Override
        public void kept(PageRun run, long number) {
            count(so -> so.withKept(run.pages()));
            search.found(run.bytes());
            message(new DataMessage.KeptPages(run, number));
        }
    }

    private void message(DataMessage message) {
        if (underWay) {
            filled(0).add(message);
        } else {
            data.send(message);
        }
    }

    /** A batch with room. */
    private PageBatch filled(int bytes) {
        CompressingLine all =
                line.orElseGet(() -> new CompressingLine(CompressingLine.compressorsHere(), this::sendCompressed));
        line = Optional.of(all);
        batch.filter(full -> !full.hasRoomFor(bytes)).ifPresent(this::put);
        batch = batch.or(() -> Optional.of(all.empty()));
        underWay = true;
        return batch.get();
    }

    private void put(PageBatch full) {
        batch = Optional.empty();
        line.orElseThrow().put(full);
    }

    /** Returns when everything was sent. @throws io.jmigrate.runtime.failure.Failure if it can't be */
    void drain() {
        if (underWay) {
            batch.ifPresent(this::put);
            line.orElseThrow().drain();
            underWay = false;
        }
    }

    /** Called by the line's thread. */
    private void sendCompressed(PageBatch full) {
        gauge.compressed(full.pageBytes(), full.sentBytes(), full.nanos() / CompressingLine.compressorsHere());
        for (PageBatch.Entry entry : full.entries()) {
            switch (entry) {
                case PageBatch.Message(DataMessage message) -> data.send(message);
                case PageBatch.Pages pages -> send(pages);
            }
        }
    }

    private void send(PageBatch.Pages pages) {
        PageRun run = pages.run();
        DataMessage message = pages.smaller().isPresent()
                ? new DataMessage.CompressedPages(run, pages.smaller().get())
                : new DataMessage.Pages(run, pages.content());
        int bytes = pages.sent();
        count(so -> pages.smaller().isPresent() ? so.withCompressed(run.pages(), bytes) : so.withRaw(run.pages()));
        countShared(run.target() instanceof PageTarget.SharedMemory ? bytes : 0);
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

    private synchronized void count(UnaryOperator<PagesMoved> more) {
        moved = more.apply(moved);
    }

    private synchronized void countShared(long bytes) {
        shared += bytes;
    }

    /** Bytes a second that cross the link; 0 if too little has. */
    double linkRate() {
        return gauge.linkRate();
    }

    /** How pages have gone so far. */
    synchronized PagesMoved moved() {
        return moved;
    }

    /** Bytes that have crossed the network of memory that processes share. */
    synchronized long sharedBytes() {
        return shared;
    }

    /** What has not been sent is not sent any more. */
    @Override
    public void close() {
        line.ifPresent(CompressingLine::close);
    }
}
