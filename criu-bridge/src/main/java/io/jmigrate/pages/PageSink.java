package io.jmigrate.pages;

import java.nio.ByteBuffer;

/**
 * Takes the pages of one dump: the port between those who read memory and those who keep or send it.
 *
 * <p>Called by one thread at a time. The order is: {@link #open} before the first page of a target, then any number of
 * {@link #pages} and {@link #hole} for it, in ascending order of addresses; {@link #finish} once after the last; {@link #close}
 * always. A target may be opened without pages to follow; it is not opened twice.
 *
 * <p>Every method may block until there is room, and that is how a slow sink slows its producer down. Every failure is a
 * {@link io.jmigrate.runtime.failure.Failure}; after one only {@link #close} may be called.
 */
public interface PageSink extends AutoCloseable {
    /** The most bytes of data that one call of {@link #pages} may carry: 1 MiB. */
    int DATA_BYTES_MAX = 1 << 20;

    /** Says that pages of this target follow. */
    void open(PageTarget target);

    /**
     * Takes pages with their bytes.
     *
     * @param run the pages, {@code run.content().present()}, at most {@link #DATA_BYTES_MAX} bytes
     * @param data exactly {@code run.bytes()} remaining bytes, direct or not. The sink consumes them all before it returns and
     *     keeps no reference: the caller uses the memory again at once.
     */
    void pages(PageRun run, ByteBuffer data);

    /** Takes note of pages that come without bytes; {@code run} can be of any length and is not present. */
    void hole(PageRun run);

    /**
     * Says that everything was handed over. On return all of it has reached its place: the image files are complete on disk. CRIU gets
     * its answer, and with it the leave to end the source, only after that. Where something else asks later whether all has arrived
     * before the source may end, as a handover does, the sink need not wait.
     */
    void finish();

    /** Releases what the sink holds. Without {@link #finish} before it, what was taken is incomplete and must not be used. */
    @Override
    void close();
}
