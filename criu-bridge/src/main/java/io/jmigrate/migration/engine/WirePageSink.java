package io.jmigrate.migration.engine;

import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Sends memory to the peer as CRIU hands it out. */
final class WirePageSink implements PageSink {
    private final Data data;
    private final Control control;
    private final Duration patience;
    private final LongConsumer sent;
    private long pages;

    /** @param sent hears the bytes sent so far */
    WirePageSink(Data data, Control control, Duration patience, LongConsumer sent) {
        this.data = data;
        this.control = control;
        this.patience = patience;
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
        sent.accept(pages * PageRun.PAGE_BYTES);
    }

    @Override
    public void hole(PageRun run) {
        data.send(new DataMessage.PagesHole(run));
    }

    @Override
    public void finish() {
        data.send(new DataMessage.PagesEnd(pages));
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != Section.MEMORY) {
            throw io.jmigrate.runtime.failure.Failure.of(
                    io.jmigrate.migration.MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    @Override
    public void close() {}
}
