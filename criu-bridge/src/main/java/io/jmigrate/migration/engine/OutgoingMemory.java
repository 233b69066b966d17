package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageSink;
import io.jmigrate.runtime.failure.Failure;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Memory on its way to the peer, in rounds and at last from the dump. */
final class OutgoingMemory {
    private final Data data;
    private final Control control;
    private final Duration patience;
    private final LongConsumer progress;
    private long bytes;

    /** @param progress hears the bytes sent so far */
    OutgoingMemory(Data data, Control control, Duration patience, LongConsumer progress) {
        this.data = data;
        this.control = control;
        this.patience = patience;
        this.progress = progress;
    }

    /** For memory of a tree that runs. */
    PageSink round() {
        data.send(new DataMessage.PagesRound());
        return new WirePageSink(data, this::awaitRound, this::count);
    }

    /** For what the dump hands out. Nobody waits for the peer at its end: it says Held only when it has everything. */
    PageSink last() {
        return new WirePageSink(data, () -> {}, this::count);
    }

    private void awaitRound() {
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != Section.ROUND) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
    }

    private void count(long sent) {
        bytes += sent;
        progress.accept(bytes);
    }

    /** Bytes of pages sent so far. */
    long bytes() {
        return bytes;
    }
}
