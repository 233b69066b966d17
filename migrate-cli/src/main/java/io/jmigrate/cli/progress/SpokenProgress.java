package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** Phases as sentences and, on a terminal, a bar for what is being sent; the result at the end. */
final class SpokenProgress implements ProgressListener {
    private static final int BAR_CELLS = 30;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintStream err;
    private final boolean terminal;
    private final ResultLine result;
    private long drawn = System.nanoTime() - REDRAW_NANOS;

    SpokenProgress(PrintStream out, PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
        this.result = new ResultLine(out);
    }

    @Override
    public void happened(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.Started started ->
                err.println("migrating " + started.container() + " to " + started.peer());
            case ProgressEvent.PhaseEntered entered ->
                err.println(erased() + "  " + entered.phase().sentence());
            case ProgressEvent.Sent sent -> draw(sent);
            case ProgressEvent.Finished _, ProgressEvent.Ended _ -> {
                err.print(erased());
                err.flush();
            }
        }
        result.happened(event);
    }

    private String erased() {
        return terminal ? ERASE_LINE : "";
    }

    private void draw(ProgressEvent.Sent sent) {
        long now = System.nanoTime();
        if (terminal && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            err.print(ERASE_LINE + line(sent));
            err.flush();
        }
    }

    private static String line(ProgressEvent.Sent sent) {
        String kind = sent.kind().name().toLowerCase(Locale.ROOT);
        long mib = sent.bytes() >> 20;
        if (sent.expectedBytes() <= 0) {
            return "  " + kind + " " + mib + " MiB";
        }
        double share = Math.min(1, (double) sent.bytes() / sent.expectedBytes());
        int cells = (int) (share * BAR_CELLS);
        String bar = "#".repeat(cells) + "-".repeat(BAR_CELLS - cells);
        return String.format(Locale.ROOT, "  %-6s [%s] %3.0f %% %d MiB", kind, bar, share * 100, mib);
    }
}
