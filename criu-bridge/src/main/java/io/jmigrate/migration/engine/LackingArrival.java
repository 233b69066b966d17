package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.later.AwaitedPages;
import io.jmigrate.pages.later.FillerLink;
import io.jmigrate.pages.later.LaterFiles;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.MachineErrors;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A container that runs here and lacks memory which its source has. It gets that over one connection after the other: while there is none
 * it is paused.
 */
final class LackingArrival {
    private final DestinationNode node;
    private final DestinationRecord entry;
    private final Duration patience;
    private final CompletableFuture<Boolean> lost;
    private final Outcome outcome;
    private final FaultTimes times = new FaultTimes();
    private final AtomicReference<Optional<Data>> current = new AtomicReference<>(Optional.empty());
    private boolean paused;
    private boolean over;

    /** Writes down what becomes of it. */
    interface Outcome {
        /** Called once, when nothing is lacking any more: after it the source's copy may die. */
        void complete(FaultLatency latency);

        /** It has ended, and the source's copy may be all that is left of it. */
        void lost();
    }

    /**
     * @param lost whether it is lost if it has ended: false once somebody has seen that all was in place, or that it ended by itself; known when
     *     nobody brings its memory
     */
    LackingArrival(
            DestinationNode node,
            DestinationRecord entry,
            Duration patience,
            CompletableFuture<Boolean> lost,
            Outcome outcome) {
        this.lost = lost;
        this.node = node;
        this.entry = entry;
        this.patience = patience;
        this.outcome = outcome;
    }

    /**
     * Takes memory until nothing is lacking, and says so to the source. A connection that is still open is given up: a source that connects
     * has lost it.
     *
     * @throws Failure the connection is lost, or what came over it is of no use; the container is paused then
     */
    void take(Data data) {
        current.getAndSet(Optional.of(data))
                .ifPresent(before ->
                        before.interrupt(Failure.of(MigrationCode.PEER_UNREACHABLE, "the source has connected anew")));
        takeAlone(data);
    }

    private synchronized void takeAlone(Data data) {
        if (!over) {
            try {
                MachineErrors.run(() -> takeAll(data));
            } catch (RuntimeException e) {
                if (node.left(entry).facts().alive()) {
                    pause(e);
                    throw e;
                }
                requireEndedByItself(e);
            }
            if (!node.left(entry).facts().alive()) { // all has come, and who puts it into place may have failed
                requireEndedByItself(gone());
            }
            end();
        }
        FaultLatency waited = times.latency();
        data.send(new DataMessage.AllKept(waited.count(), waited.medianNanos(), waited.p99Nanos(), waited.maxNanos()));
    }

    /** The copy at the source is all that is left of one that was killed. */
    private void requireEndedByItself(RuntimeException cause) {
        try {
            if (lost.get(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw cause;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        } catch (ExecutionException | TimeoutException e) {
            throw cause;
        }
    }

    private static Failure gone() {
        return Failure.of(MigrationCode.PEER_FAILED, "it has ended, and was killed for want of memory");
    }

    private void takeAll(Data data) {
        try (AwaitedPages pages = AwaitedPages.open(new LaterFiles(entry.images()))) {
            TakenMemory taken = new TakenMemory(data, pages, times, patience);
            Optional<FillerLink> link = node.filler(entry, taken);
            if (link.isEmpty()) {
                requireNothing(pages);
                node.goOn(entry); // it was paused when the connection was lost, and all had come
                return;
            }
            try (FillerLink filler = link.get()) {
                taken.ask();
                node.goOn(entry);
                taken.take(filler);
            }
        }
    }

    private static void requireNothing(AwaitedPages pages) {
        if (pages.missing() > 0) {
            throw Failure.of(MigrationCode.PEER_FAILED, "nobody brings its memory any more");
        }
    }

    private void pause(RuntimeException cause) {
        try {
            paused = true;
            node.pause(entry);
        } catch (RuntimeException e) {
            cause.addSuppressed(e); // who needs a page that has not come waits all the same
            System.getLogger(LackingArrival.class.getName())
                    .log(Level.WARNING, entry.container() + ": it lacks memory, and could not be paused", e);
        }
    }

    /** Nobody brings memory into it any more, and {@code lost} is known: all is there, or the container has ended. */
    synchronized void settle() {
        if (over) {
            return;
        }
        if (node.left(entry).facts().alive()) {
            try (AwaitedPages pages = AwaitedPages.open(new LaterFiles(entry.images()))) {
                requireNothing(pages);
            }
            if (paused) { // the connection was lost with the last that came over it
                node.goOn(entry);
            }
        } else if (lost.join()) {
            outcome.lost();
            return;
        }
        end();
    }

    private void end() {
        if (!over) {
            outcome.complete(times.latency());
            over = true;
        }
    }
}
