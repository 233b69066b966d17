package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Gives the destination, whose container runs, the memory that it lacks and the frozen copy has: what a program waits for at once, the rest
 * as fast as it is kept. Used once, by one thread.
 */
final class GivenMemory {
    private static final int PIECE_BYTES = 256 << 10;

    /** So many pages may be on their way unasked: what is asked for comes behind them. 2 MiB take 17 ms at 1 Gbit/s. */
    private static final long AHEAD_PAGES = 512;

    private static final int LACKING_RUNS_MAX = 1 << 22;

    /** A page for each of so many threads; of one that waits it is told once, or twice if who brings pages was replaced. */
    private static final int HEARD_MAX = 1 << 16;

    private final Data data;
    private final StandingMemory memory;
    private final Duration patience;
    private final Consumer<PagesMoved> progress;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>(HEARD_MAX);
    private final AtomicLong kept = new AtomicLong();
    private final LeftPages left = new LeftPages();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE_BYTES);
    private long ahead;
    private PagesMoved moved;
    private Optional<FaultLatency> waited = Optional.empty();

    private sealed interface Heard {
        record Said(DataMessage message) implements Heard {}

        /** Pages were kept; how many by now is in {@code kept}, so that however many words it takes they need no room. */
        record Kept() implements Heard {}

        record Lost(RuntimeException why) implements Heard {}
    }

    /** @param before how pages have gone before @param progress hears of each piece: how pages have gone so far */
    GivenMemory(Data data, StandingMemory memory, Duration patience, PagesMoved before, Consumer<PagesMoved> progress) {
        this.moved = before;
        this.data = data;
        this.memory = memory;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Returns when the destination has all.
     *
     * @return how long its programs have waited for it
     * @throws Failure that it is lost, PEER_PROTOCOL, PAGES_IO, PAGES_PROTOCOL
     */
    FaultLatency run() {
        hearWhatItLacks();
        if (waited.isEmpty()) {
            give();
        }
        return waited.orElseThrow();
    }

    private void give() {
        Thread listener = Thread.ofVirtual().start(this::listen);
        try {
            while (waited.isEmpty()) {
                next();
            }
        } finally {
            data.interrupt(Failure.of(MigrationCode.CANCELLED, "nothing more is to be heard"));
            join(listener);
        }
    }

    private void hearWhatItLacks() {
        long pages = 0;
        for (int runs = 0; runs < LACKING_RUNS_MAX; runs++) {
            switch (data.receive(patience)) {
                case DataMessage.Lacking(PageRun run) -> {
                    left.add(run);
                    pages += run.pages();
                }
                case DataMessage.LackingEnd(long announced) -> {
                    requireAll(announced, pages);
                    return;
                }
                case DataMessage.Wanted wanted ->
                    note(new Heard.Said(wanted)); // said by whoever brings pages, meanwhile
                case DataMessage.AllKept kept -> {
                    end(kept);
                    return;
                }
                default -> throw broken("it says something else than what it lacks");
            }
        }
        throw broken("it lacks more than there can be");
    }

    private void end(DataMessage.AllKept kept) {
        waited = Optional.of(new FaultLatency(kept.waits(), kept.medianNanos(), kept.p99Nanos(), kept.maxNanos()));
    }

    private static void requireAll(long announced, long pages) {
        if (announced != pages) {
            throw broken("pages are missing in what it lacks");
        }
    }

    private static Failure broken(String what) {
        return Failure.of(MigrationCode.PEER_PROTOCOL, "the peer broke the protocol: " + what);
    }

    private void listen() {
        try {
            MachineErrors.run(this::listenToTheEnd);
        } catch (RuntimeException e) {
            heard.clear(); // nothing of it can be done any more, and there may be no room
            heard.add(new Heard.Lost(e));
        }
    }

    private void listenToTheEnd() {
        DataMessage message = data.receive(patience);
        while (!(message instanceof DataMessage.AllKept)) {
            hear(message);
            message = data.receive(patience);
        }
        note(new Heard.Said(message));
    }

    private void hear(DataMessage message) {
        if (!(message instanceof DataMessage.Kept(long pages))) {
            note(new Heard.Said(message));
        } else if (pages <= 0) {
            throw broken("it keeps no pages");
        } else if (kept.getAndAdd(pages) == 0) {
            note(new Heard.Kept());
        }
    }

    private void note(Heard next) {
        if (!heard.offer(next)) {
            throw broken("it asks for more than its programs can wait for");
        }
    }

    /** What was said comes first; then the next piece, as long as not too much is on its way. */
    private void next() {
        boolean mayPush = !left.isEmpty() && ahead < AHEAD_PAGES;
        Heard next = mayPush ? heard.poll() : await();
        switch (next) {
            case null -> send(left.next(PIECE_BYTES));
            case Heard.Lost(RuntimeException why) -> throw why;
            case Heard.Said(DataMessage.Wanted(PageRun run)) -> left.take(run).forEach(this::sendInPieces);
            case Heard.Kept _ -> ahead -= kept.getAndSet(0);
            case Heard.Said(DataMessage.AllKept kept) -> end(kept);
            case Heard.Said(DataMessage _) -> throw broken("data where it asks for memory");
        }
    }

    private Heard await() {
        try {
            Heard next = heard.poll(2 * patience.toNanos(), TimeUnit.NANOSECONDS); // who listens gives up before
            return next == null ? new Heard.Lost(broken("it says nothing")) : next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Heard.Lost(
                    Failure.of(MigrationCode.CANCELLED, "interrupted").withCause(e));
        }
    }

    private void sendInPieces(PageRun run) {
        for (long at = run.address(); at < run.end(); at += PIECE_BYTES) {
            send(run.part(at, Math.min(PIECE_BYTES, run.end() - at)));
        }
    }

    private void send(PageRun run) {
        buffer.clear().limit((int) run.bytes());
        memory.read(run.target(), run.address(), buffer);
        ZeroPages.divide(
                buffer.flip(), (offset, length, piece) -> send(run.part(run.address() + offset, length), piece));
        ahead += run.pages();
        progress.accept(moved);
    }

    private void send(PageRun part, ByteBuffer piece) {
        if (piece.hasRemaining()) {
            data.send(new DataMessage.Pages(part, piece));
            moved = moved.withRaw(part.pages());
        } else {
            data.send(new DataMessage.ZeroPages(part));
            moved = moved.withZero(part.pages());
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
