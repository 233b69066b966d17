package io.jmigrate.runtime.config;

import java.util.Locale;

/**
 * How far a clock of a time namespace is ahead of the host's.
 *
 * @param seconds may be negative
 * @param nanoseconds 0 to 999 999 999, on top
 */
public record TimeOffset(Clock clock, long seconds, long nanoseconds) {
    /** The clocks that can have one (time_namespaces(7)). */
    public enum Clock {
        MONOTONIC,
        BOOTTIME;

        /** The name in {@code linux.timeOffsets} and in {@code /proc/PID/timens_offsets}. */
        public String ociName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As the kernel reads and shows it. */
    @Override
    public String toString() {
        return clock.ociName() + " " + seconds + " " + nanoseconds;
    }
}
