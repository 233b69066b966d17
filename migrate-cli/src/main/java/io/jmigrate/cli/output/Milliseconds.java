package io.jmigrate.cli.output;

import java.util.Locale;

/** Times in milliseconds: those of a migration are told best side by side. */
public final class Milliseconds {
    private static final long NANOS_A_MICRO = 1000;
    private static final double MICROS_A_MILLI = 1000;

    private static final double NANOS_A_MILLI = 1e6;

    private Milliseconds() {}

    /** As programs read them, exact to the microsecond. */
    public static double of(long nanos) {
        return Math.round(nanos / (double) NANOS_A_MICRO) / MICROS_A_MILLI;
    }

    /** As people read them. */
    public static String inWords(long nanos) {
        return String.format(Locale.ROOT, nanos < 10 * NANOS_A_MILLI ? "%.1f ms" : "%.0f ms", nanos / NANOS_A_MILLI);
    }
}
