package io.jmigrate.migration.engine;

import io.jmigrate.migration.report.FaultLatency;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** How long programs have waited for pages that were still at the source. */
final class FaultTimes {
    private static final long NANOS_MAX = Duration.ofHours(1).toNanos();
    private static final int DIGITS = 3;
    private static final double MEDIAN = 50;
    private static final double NEARLY_ALL = 99;

    private final Histogram nanos = new Histogram(NANOS_MAX, DIGITS);

    synchronized void add(long waited) {
        nanos.recordValue(Math.clamp(waited, 0, NANOS_MAX));
    }

    synchronized FaultLatency latency() {
        return new FaultLatency(
                nanos.getTotalCount(),
                nanos.getValueAtPercentile(MEDIAN),
                nanos.getValueAtPercentile(NEARLY_ALL),
                nanos.getMaxValue());
    }
}
