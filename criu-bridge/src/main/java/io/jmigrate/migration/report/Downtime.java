package io.jmigrate.migration.report;

/**
 * How long nothing ran, from the freeze at the source to the first instruction at the destination, and where it went. All in
 * nanoseconds of the source's clock.
 *
 * @param stopNanos it was asked to end, and ended; 0 if it was frozen
 * @param freezeNanos the processes were stopped, one after the other
 * @param dumpNanos CRIU wrote its images
 * @param transferNanos the last memory, the images, the last difference of the root filesystem, and what a comparison needs
 * @param restoreNanos from the last byte sent until the destination said that it holds the tree, or has made what waits for its start
 * @param resumeNanos from the commit until the destination said that it runs
 */
public record Downtime(
        long stopNanos, long freezeNanos, long dumpNanos, long transferNanos, long restoreNanos, long resumeNanos) {
    /** Of a container that was frozen. */
    public Downtime(long freezeNanos, long dumpNanos, long transferNanos, long restoreNanos, long resumeNanos) {
        this(0, freezeNanos, dumpNanos, transferNanos, restoreNanos, resumeNanos);
    }

    /** The whole of it. */
    public long totalNanos() {
        return stopNanos + freezeNanos + dumpNanos + transferNanos + restoreNanos + resumeNanos;
    }
}
