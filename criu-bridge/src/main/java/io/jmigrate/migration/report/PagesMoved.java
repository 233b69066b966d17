package io.jmigrate.migration.report;

/**
 * How pages of memory went over the network, each time that they did.
 *
 * @param zero of which only the place went
 * @param raw as they are
 * @param compressed by zstd
 * @param compressedBytes what these were then
 * @param known of which only the place of others with the same content went
 * @param kept of which only a number went, as the destination had kept them of an earlier migration
 */
public record PagesMoved(long zero, long raw, long compressed, long compressedBytes, long known, long kept) {
    public static final PagesMoved NONE = new PagesMoved(0, 0, 0, 0, 0, 0);
    private static final int PAGE_BYTES = 4096;

    /** Bytes that crossed the network. */
    public long bytes() {
        return raw * PAGE_BYTES + compressedBytes;
    }

    /** Bytes of those that were not zero, before any was compressed. */
    public long contentBytes() {
        return (raw + compressed + known + kept) * PAGE_BYTES;
    }

    /** Bytes of those that were. */
    public long zeroBytes() {
        return zero * PAGE_BYTES;
    }

    /** What was compressed, before it was. */
    public long uncompressedBytes() {
        return compressed * PAGE_BYTES;
    }

    public PagesMoved withZero(long pages) {
        return new PagesMoved(zero + pages, raw, compressed, compressedBytes, known, kept);
    }

    public PagesMoved withRaw(long pages) {
        return new PagesMoved(zero, raw + pages, compressed, compressedBytes, known, kept);
    }

    /** @param bytes what they are now */
    public PagesMoved withCompressed(long pages, long bytes) {
        return new PagesMoved(zero, raw, compressed + pages, compressedBytes + bytes, known, kept);
    }

    public PagesMoved withKnown(long pages) {
        return new PagesMoved(zero, raw, compressed, compressedBytes, known + pages, kept);
    }

    public PagesMoved withKept(long pages) {
        return new PagesMoved(zero, raw, compressed, compressedBytes, known, kept + pages);
    }
}
