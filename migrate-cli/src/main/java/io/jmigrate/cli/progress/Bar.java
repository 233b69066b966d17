package io.jmigrate.cli.progress;

import java.io.PrintStream;
import java.util.Locale;

/** A line on a terminal that is drawn anew while something grows. Where there is no terminal, nothing is drawn. */
public final class Bar {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private long drawn = System.nanoTime() - REDRAW_NANOS;

    /** @param terminal whether {@code err} is one */
    public Bar(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    /**
     * Draws it, at most ten times a second.
     *
     * @param what grows
     * @param bytes so far
     * @param expectedBytes how many there will be; an estimate, 0 if there is none
     */
    public void show(String what, long bytes, long expectedBytes) {
        long now = System.nanoTime();
        if (terminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            err.print(ERASE_LINE + line(what, bytes, expectedBytes));
            err.flush();
        }
    }

    /** Takes it away, so that other lines can be printed. */
    public void erase() {
        if (terminal) {
            err.print(ERASE_LINE);
            err.flush();
        }
    }

    private static String line(String what, long bytes, long expectedBytes) {
        long mib = bytes >> 20;
        if (expectedBytes <= 0) {
            return "  " + what + " " + mib + " MiB";
        }
        double share = Math.min(1, (double) bytes / expectedBytes);
        int cells = (int) (share * CELLS);
        String bar = "#".repeat(cells) + "-".repeat(CELLS - cells);
        return String.format(Locale.ROOT, "  %-7s [%s] %3.0f %% %d MiB", what, bar, share * 100, mib);
    }
}
