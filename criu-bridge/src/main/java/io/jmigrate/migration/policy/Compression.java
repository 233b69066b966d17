package io.jmigrate.migration.policy;

/**
 * What was measured of a link and of a compressor in front of it.
 *
 * @param linkRate bytes a second that cross the link
 * @param rate bytes a second that the compressor takes in
 * @param part what comes out of it of a byte that goes in
 */
public record Compression(double linkRate, double rate, double part) {
    /** What it must gain at least: it takes processor time from the container, and the next pages may be others. */
    private static final double GAIN_MIN = 1.1;

    public Compression {
        if (linkRate < 0 || rate < 0 || part < 0) {
            throw new IllegalArgumentException("rates below zero");
        }
    }

    /** Bytes of pages a second that arrive if they are compressed: compressor and link work side by side, and the slower one counts. */
    double compressedRate() {
        return part == 0 ? rate : Math.min(rate, linkRate / part);
    }

    /** Whether pages arrive sooner if they are compressed. */
    public boolean pays() {
        return compressedRate() > linkRate * GAIN_MIN;
    }
}
