package io.jmigrate.migration.engine;

import io.jmigrate.criu.FrozenTree;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTaker;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Memory on its way to the peer, in rounds. Pages of zeros go without their bytes. */
final class OutgoingMemory implements PageTaker, AutoCloseable {
    private final Data data;
    private final OutgoingPages out;
    private final Control control;
    private final Duration patience;
    private final Progress progress;
    private final Optional<ComparedMemory> comparison;
    private long pages;
    private long sharedBefore;
    private int round = 1;

    /** Hears what has gone. */
    interface Progress {
        /** @param soFar all pages */
        void sent(PagesMoved soFar);

        /** A part has gone, with so many bytes of memory that processes share. @param last whether no more follows */
        void ended(long shared, boolean last);
    }

    /**
     * @param request says how pages go, and whether the peer is to compare in the end what it has
     * @param kept what the peer has of earlier times
     */
    OutgoingMemory(Data data, Control control, MigrateRequest request, KeptPeer kept, Progress progress) {
        this.data = data;
        this.out = new OutgoingPages(data, request.memory().compress(), kept);
        this.control = control;
        this.patience = request.patience();
        this.progress = progress;
        this.comparison = request.memory().verify() ? Optional.of(new ComparedMemory(data)) : Optional.empty();
    }

    @Override
    public void pages(PageRun run, ByteBuffer content) {
        ZeroPages.divide(content, (offset, length, piece) -> send(run.part(run.address() + offset, length), piece));
        content.position(content.limit());
        comparison.ifPresent(noted -> noted.note(run, round));
        pages += run.pages();
        progress.sent(out.moved());
    }

    private void send(PageRun part, ByteBuffer piece) {
        if (piece.hasRemaining()) {
            out.pages(part, piece);
        } else {
            out.zeros(part);
        }
    }

    @Override
    public void ended(PageTarget process) {
        out.ended(process);
    }

    /** All of a round was handed over: returns when the peer has kept it. */
    void endRound() {
        end(false);
        long begun = System.nanoTime();
        ControlMessage.Received received = control.await(ControlMessage.Received.class, patience);
        if (received.section() != Section.ROUND) {
            throw Failure.of(MigrationCode.PEER_PROTOCOL, "the peer acknowledged the wrong part");
        }
        out.arrived(System.nanoTime() - begun);
        round++;
    }

    /**
     * Hands over what else the destination needs of a tree that stands still.
     *
     * @param follows whether what may come when it runs there is only named
     */
    void last(MemoryAhead memory, FrozenTree frozen, boolean follows) {
        if (follows) {
            memory.outdated(frozen, out::outdated);
            out.drain();
            data.send(new DataMessage.PagesLater());
        } else {
            memory.last(frozen);
        }
        endAll();
    }

    /** No more memory follows. Nobody waits for the peer now: it says Held only when it has everything. */
    private void endAll() {
        end(true);
    }

    private void end(boolean last) {
        out.drain();
        progress.sent(out.moved());
        data.send(new DataMessage.PagesEnd(pages, last));
        progress.ended(out.sharedBytes() - sharedBefore, last);
        pages = 0;
        sharedBefore = out.sharedBytes();
    }

    /**
     * If the peer is to compare memory, tells it what there is.
     *
     * @param memory hands over all of it that the dump has left in the tree; the images have gone
     */
    void describe(Consumer<PageTaker> memory) {
        comparison.ifPresent(words -> memory.accept(words::tell));
    }

    /** @throws Failure PEER_PROTOCOL if the peer holds a tree whose memory it has not compared */
    void requireCompared(ControlMessage.Held held) {
        comparison.ifPresent(words -> words.requireAll(held.comparedPages()));
    }

    /** How many pages the peer has compared; empty if it was not to. */
    OptionalLong comparedPages() {
        return comparison.stream().mapToLong(ComparedMemory::pages).findFirst();
    }

    /** Bytes a second that cross the link; 0 if too little has. */
    double linkRate() {
        return out.linkRate();
    }

    /** How pages have gone so far. */
    PagesMoved moved() {
        return out.moved();
    }

    @Override
    public void close() {
        out.close();
    }
}
