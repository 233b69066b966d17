package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Memory on its way to the peer, in rounds. Pages of zeros go without their bytes. */
final class OutgoingMemory implements PageTaker {
    private final Data data;
    private final Control control;
    private final Duration patience;
    private final Progress progress;
    private long bytes;
    private long pages;

    /** Hears what has gone. */
    @FunctionalInterface
    interface Progress {
        /** @param bytes so far, of pages @param zeros bytes more, of pages of zeros, of which only the place went */
        void sent(long bytes, long zeros);
    }

    OutgoingMemory(Data data, Control control, Duration patience, Progress progress) {
        this.data = data;
        this.control = control;
        this.patience = patience;
        this.progress = progress;
    }

    @Override
    public void pages(PageRun run, ByteBuffer content) {
        long before = bytes;
        ZeroPages.divide(content, (offset, length, piece) -> send(run.part(run.address() + offset, length), piece));
        content.position(content.limit());
        pages += run.pages();
        progress.sent(bytes, run.bytes() - (bytes - before));
    }

    private void send(PageRun part, ByteBuffer piece) {
        if (piece.hasRemaining()) {
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            data.send(new DataMessage.Pages(part, copy));
            bytes += copy.length;
        } else {
            data.send(new DataMessage.ZeroPages(part));
        }
    }

    @Override
    public void ended(PageTarget process) {
        data.send(new DataMessage.ProcessEnded(process));
    }

    /** All of a round was handed over: returns when the peer has kept it. */
    void endRound() {
        end(false);
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != Section.ROUND) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    /** No more memory follows. Nobody waits for the peer now: it says Held only when it has everything. */
    void endAll() {
        end(true);
    }

    private void end(boolean last) {
        data.send(new DataMessage.PagesEnd(pages, last));
        pages = 0;
    }

    /** Bytes of pages sent so far. */
    long bytes() {
        return bytes;
    }
}
