package io.jmigrate.archive;

import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Has an archive decompress what will be wanted next, on other threads: memory that comes in the background is asked for from front to
 * back. A byte of a frame brings all of it into the archive's own cache, which bounds the memory.
 */
final class ReadAhead implements AutoCloseable {
    private static final int THREADS = 2;

    /** A frame of the archives that this program writes (docs/archives.md). */
    private static final int STEP_BYTES = 1 << 20;

    private static final int STEPS = 4;

    private final SeekableArchive archive;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            THREADS, Thread.ofPlatform().name("pages-ahead").daemon().factory());
    private final AtomicLong reached = new AtomicLong();

    ReadAhead(SeekableArchive archive) {
        this.archive = archive;
    }

    /** Everything before {@code place} was read. @param end of what can be wanted */
    void from(long place, long end) {
        long until = Math.min(end, place + (long) STEPS * STEP_BYTES);
        long before =
                reached.getAndAccumulate(until, (old, wanted) -> near(old, wanted) ? Math.max(old, wanted) : wanted);
        long from = near(before, until) ? Math.max(before, place) : place;
        for (long at = from; at < until; at += STEP_BYTES) {
            long touched = at;
            threads.execute(() -> touch(touched));
        }
    }

    /** A page that is waited for is elsewhere, and what is around it may be wanted next. */
    private static boolean near(long before, long until) {
        return Math.abs(until - before) <= 2L * STEPS * STEP_BYTES;
    }

    private void touch(long place) {
        try {
            archive.read(place, ByteBuffer.allocate(1));
        } catch (Failure e) {
            // who wants it meets the same
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
