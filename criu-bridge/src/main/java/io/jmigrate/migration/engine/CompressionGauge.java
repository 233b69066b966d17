package io.jmigrate.migration.engine;

import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.policy.Compression;

/**
 * Measures a link and the compressor in front of it, and says whether the next pages are compressed. It looks at so many pages at a time:
 * while none are compressed they tell how fast the link is, and the first of them, which is, what the compressor would make of them. While they are
 * compressed the link may have to wait, so now and then some go as they are. Used by the threads that hand pages over, compress and send.
 */
final class CompressionGauge {
    private static final long WINDOW_BYTES = 24L << 20;
    private static final long WINDOW_NANOS = 1_000_000_000;
    /** What buffers on the way, those of each connection, may take in at once says nothing of the link. */
    private static final long BUFFERED_BYTES = 12L << 20;
    /** Fewer pages tell little of what they are like. */
    private static final long SAMPLE_BYTES = 64L << 10;

    /** What took no time tells nothing. */
    private static final long BYTES_MIN = 4L << 20;

    private static final int WINDOWS_COMPRESSED_MAX = 16;
    private static final double NANOS_A_SECOND = 1e9;

    private final Compress choice;
    private final int connections;
    private boolean compressing;
    private boolean sampled;
    private int windows;
    private double linkRate;
    private long begun;
    private long bytes;
    private Flow compressor = Flow.NONE;
    private long compressedBytes;
    private Flow link = Flow.NONE;
    private Flow absorbed = Flow.NONE;
    private boolean answered;

    /** So many bytes in so much time. */
    private record Flow(long bytes, long nanos) {
        static final Flow NONE = new Flow(0, 0);

        Flow plus(long more, long within) {
            return new Flow(bytes + more, nanos + within);
        }

        double rateSince(Flow earlier) {
            return (bytes - earlier.bytes) * NANOS_A_SECOND / Math.max(1, nanos - earlier.nanos);
        }
    }

    /** @param connections over which pages go */
    CompressionGauge(Compress choice, int connections, long now) {
        this.choice = choice;
        this.connections = connections;
        this.begun = now;
    }

    /** Whether the next pages are to be compressed; asked once for each. @param length of them, in bytes */
    synchronized boolean compressesNext(long length) {
        return switch (choice) {
            case OFF -> false;
            case ZSTD -> true;
            case AUTO -> compressing || isSample(length);
        };
    }

    private boolean isSample(long length) {
        boolean first = !sampled && length >= SAMPLE_BYTES;
        sampled |= first;
        return first;
    }

    /** Pages were compressed. */
    synchronized void compressed(long before, long after, long nanos) {
        compressor = compressor.plus(before, nanos);
        compressedBytes += after;
    }

    /** Pages were sent. @param length before they were compressed @param sent what went @param nanos until there was room for it */
    synchronized void sent(long length, long sent, long nanos, long now) {
        bytes += length;
        link = link.plus(sent, nanos);
        if (absorbed.bytes() == 0 && link.bytes() >= connections * BUFFERED_BYTES) {
            absorbed = link;
        }
        if (bytes >= connections * WINDOW_BYTES || (bytes >= BYTES_MIN && now - begun >= WINDOW_NANOS)) {
            decide(now);
        }
    }

    /** All that was sent has arrived, after such a wait. */
    synchronized void waited(long nanos) {
        link = link.plus(0, nanos);
        answered = true;
    }

    /** Bytes a second that cross the link; 0 if too little has. */
    synchronized double linkRate() {
        boolean tells = linkRate == 0 && answered && link.bytes() >= BYTES_MIN;
        return tells ? link.rateSince(Flow.NONE) : linkRate;
    }

    private void decide(long now) {
        if (!compressing) {
            linkRate = link.rateSince(skipped());
        }
        if (compressor.bytes() > 0) {
            double part = compressedBytes / (double) compressor.bytes();
            boolean pays = new Compression(linkRate, compressor.rateSince(Flow.NONE), part).pays();
            windows = pays && compressing ? windows + 1 : 0;
            compressing = pays && windows < WINDOWS_COMPRESSED_MAX;
        }
        begun = now;
        bytes = 0;
        compressedBytes = 0;
        compressor = Flow.NONE;
        link = Flow.NONE;
        absorbed = Flow.NONE;
        answered = false;
        sampled = false;
    }

    /** When all has arrived the buffers are empty again, and took in nothing for good. */
    private Flow skipped() {
        return answered || link.bytes() - absorbed.bytes() < BYTES_MIN ? Flow.NONE : absorbed;
    }
}
