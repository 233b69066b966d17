package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Sends memory to the peer as CRIU hands it out. */
final class WirePageSink implements PageSink {
    private final Data data;
    private final Control control;
    private final Duration patience;
    private final Section section;
    private final LongConsumer sent;
    private long pages;

    /**
     * @param section what the peer acknowledges at the end
     * @param sent hears of every piece how many bytes it had
     */
    WirePageSink(Data data, Control control, Duration patience, Section section, LongConsumer sent) {
        this.data = data;
        this.control = control;
        this.patience = patience;
        this.section = section;
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
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != section) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    @Override
    public void close() {}
}
