package io.jmigrate.migration.report;

/**
 * How long nothing ran, from the freeze at the source to the first instruction at the destination, and where it went. All in
 * nanoseconds of the source's clock.
 *
 * @param dumpNanos CRIU froze the tree, wrote its images and handed out its memory, sent meanwhile
 * @param transferNanos the remaining images and the last difference of the root filesystem
 * @param restoreNanos from the last byte sent until the destination said that it holds the tree
 * @param resumeNanos from the commit until the destination said that it runs
 */
public record Downtime(long dumpNanos, long transferNanos, long restoreNanos, long resumeNanos) {
    /** The whole of it. */
    public long totalNanos() {
        return dumpNanos + transferNanos + restoreNanos + resumeNanos;
    }
}
