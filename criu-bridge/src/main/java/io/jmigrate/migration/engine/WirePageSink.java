package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/** Sends memory to the peer as CRIU hands it out. */
final class WirePageSink implements PageSink {
    private final Data data;
    private final Runnable ended;
    private final LongConsumer sent;
    private long pages;

    /**
     * @param ended is run when everything was sent, and may wait for the peer
     * @param sent hears of every piece how many bytes it had
     */
    WirePageSink(Data data, Runnable ended, LongConsumer sent) {
        this.data = data;
        this.ended = ended;
        this.sent = sent;
    }

    @Override
    public void open(PageTarget target) {
        data.send(new DataMessage.PagesOpen(target));
    }

    @Override
    public void pages(PageRun run, ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        data.send(new DataMessage.Pages(run, copy));
        pages += run.pages();
        sent.accept(copy.length);
    }

    @Override
    public void hole(PageRun run) {
        data.send(new DataMessage.PagesHole(run));
    }

    @Override
    public void finish() {
        data.send(new DataMessage.PagesEnd(pages));
        ended.run();
    }

    @Override
    public void close() {}
}
