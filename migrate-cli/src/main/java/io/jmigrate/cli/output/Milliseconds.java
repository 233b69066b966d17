package io.jmigrate.cli.output;

/** Times as programs read them: milliseconds with a fraction, exact to the microsecond. */
public final class Milliseconds {
    private static final long NANOS_A_MICRO = 1000;
    private static final double MICROS_A_MILLI = 1000;

    private Milliseconds() {}

    public static double of(long nanos) {
        return Math.round(nanos / (double) NANOS_A_MICRO) / MICROS_A_MILLI;
    }
}
