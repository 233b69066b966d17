package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.later.AwaitedPages;
import io.jmigrate.pages.later.FillerLink;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Takes the memory that a container lacks which runs here, over one connection. Used once, by one thread. */
final class TakenMemory implements FillerLink.Listener {
    private final Data data;
    private final AwaitedPages pages;
    private final FaultTimes times;
    private final Duration patience;
    private volatile boolean over;

    TakenMemory(Data data, AwaitedPages pages, FaultTimes times, Duration patience) {
        this.data = data;
        this.pages = pages;
        this.times = times;
        this.patience = patience;
    }

    @Override
    public void wanted(PageRun run) {
        try {
            data.send(new DataMessage.Wanted(run));
        } catch (Failure e) {
            // whoever takes the pages meets the same, and it is asked for again over the next connection
        }
    }

    @Override
    public void answered(long nanos) {
        times.add(nanos);
    }

    @Override
    public void gone() {
        if (!over) {
            data.interrupt(Failure.of(MigrationCode.PEER_FAILED, "nobody brings its memory any more"));
        }
    }

    /** Says what is lacking. */
    void ask() {
        List<PageRun> lacking = pages.lacking();
        lacking.forEach(run -> data.send(new DataMessage.Lacking(run)));
        data.send(new DataMessage.LackingEnd(pages.missing()));
    }

    /**
     * Returns when all has come.
     *
     * @throws Failure that the source is lost, PEER_PROTOCOL, PAGES_PROTOCOL, PAGES_IO, PAGES_NO_SPACE, PEER_FAILED if nobody brings pages
     *     into the container any more
     */
    void take(FillerLink link) {
        try {
            while (pages.missing() > 0) {
                link.come(next());
            }
            link.look();
        } finally {
            over = true;
        }
    }

    private PageRun next() {
        PageRun run =
                switch (data.receive(patience)) {
                    case DataMessage.Pages(PageRun come, ByteBuffer content) -> {
                        pages.put(come, content);
                        yield come;
                    }
                    case DataMessage.ZeroPages(PageRun come) -> {
                        pages.putZeros(come);
                        yield come;
                    }
                    default ->
                        throw Failure.of(
                                MigrationCode.PEER_PROTOCOL,
                                "the peer broke the protocol: no memory where that follows");
                };
        data.send(new DataMessage.Kept(run.pages()));
        return run;
    }
}
