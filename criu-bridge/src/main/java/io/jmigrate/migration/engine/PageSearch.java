package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.KnownSearch;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.kept.KeptPeer;
import io.jmigrate.pages.known.KnownPages;
import io.jmigrate.pages.known.KnownPages.Place;
import io.jmigrate.pages.known.KnownRuns;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Looks for pages that the destination has already, as long as that costs little beside sending them: where the link is found to be fast it
 * is given up, with what it has noted.
 */
final class PageSearch {
    private static final long WINDOW_BYTES = 24L << 20;
    private static final double NANOS_A_SECOND = 1e9;

    private final KeptPeer kept;
    private final KnownRuns.Taker taker;
    private Optional<KnownPages> known = Optional.of(new KnownPages());
    private long lookedBytes;
    private long foundBytes;
    private long lookedNanos;
    private long sentBytes;
    private long sentNanos;

    /** @param kept what the destination has of earlier times @param taker gets all pages, in pieces */
    PageSearch(KeptPeer kept, KnownRuns.Taker taker) {
        this.kept = kept;
        this.taker = taker;
    }

    /** @param content of the run, which stays as it is */
    void take(PageRun run, ByteBuffer content) {
        if (known.isEmpty() || !mayBeThere(run.target())) {
            taker.fresh(run, content);
            return;
        }
        long sentBefore = sentNanos;
        long begun = System.nanoTime();
        new KnownRuns(known.get(), kept, taker).divide(run, content);
        lookedNanos += System.nanoTime() - begun - (sentNanos - sentBefore);
        lookedBytes += run.bytes();
        if (lookedBytes >= WINDOW_BYTES) {
            decide();
        }
    }

    /** What went before is looked for among the memory of processes alone. */
    private boolean mayBeThere(PageTarget target) {
        return target instanceof ProcessMemory || !kept.hasNothing();
    }

    private void decide() {
        double search = lookedBytes * NANOS_A_SECOND / Math.max(1, lookedNanos);
        double send = sentBytes * NANOS_A_SECOND / Math.max(1, sentNanos);
        if (!new KnownSearch(search, send, (double) foundBytes / lookedBytes).pays()) {
            known = Optional.empty();
        }
        lookedBytes = 0;
        foundBytes = 0;
        lookedNanos = 0;
        sentBytes = 0;
        sentNanos = 0;
    }

    /** Pages went. @param bytes before they were compressed @param nanos for which that kept the caller */
    void sent(long bytes, long nanos) {
        sentBytes += bytes;
        sentNanos += nanos;
    }

    /** So many bytes were found, so that they need not go. */
    void found(long bytes) {
        foundBytes += bytes;
    }

    /** All that was sent has arrived, after such a wait. */
    void waited(long nanos) {
        sentNanos += nanos;
    }

    /** Pages of zeros went. */
    void zeros(PageRun run) {
        if (known.isPresent() && run.target() instanceof ProcessMemory process) {
            for (long at = run.address(); at < run.end(); at += PageRun.PAGE_BYTES) {
                known.get().overwritten(new Place(process, at));
            }
        }
    }

    /** From now on no page is taken for one that has gone. */
    void end() {
        known = Optional.empty();
    }

    /** What came of it is of no use. */
    void ended(PageTarget target) {
        if (target instanceof ProcessMemory process) {
            known.ifPresent(pages -> pages.ended(process));
        }
    }
}
