package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** Phases and rounds as sentences, and the result at the end. Each sentence is written as a whole. */
final class SpokenProgress implements ProgressListener {
    private static final double NANOS_A_MILLI = 1e6;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double BYTES_A_MIB = 1 << 20;

    private final PrintStream err;
    private final boolean named;
    private final ResultLine result;
    private String name = "";

    /** @param named whether each line says of which container it is */
    SpokenProgress(PrintStream out, PrintStream err, boolean named) {
        this.err = err;
        this.named = named;
        this.result = new ResultLine(out);
    }

    @Override
    public void happened(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.Started started -> {
                err.println("migrating " + started.container() + " to " + started.peer());
                name = named ? started.container() + ": " : "";
            }
            case ProgressEvent.PhaseEntered entered -> line("", entered.phase().sentence());
            case ProgressEvent.Waiting waiting -> line("", "waiting: " + waiting.reason());
            case ProgressEvent.RoundEnded round -> line("  ", text(round));
            case ProgressEvent.Slowed slowed ->
                line("  ", slowed.reason() + ": it has " + slowed.percent() + " % of its processor time now");
            case ProgressEvent.Stalled stalled ->
                line("  ", stalled.reason() + ": it will stand still for longer than asked for");
            case ProgressEvent.Follows follows ->
                line("  ", follows.reason() + ": what is left of its memory follows it");
            case ProgressEvent.Sent _, ProgressEvent.Finished _, ProgressEvent.Ended _ -> {}
        }
        result.happened(event);
    }

    private void line(String indent, String text) {
        err.println("  " + indent + name + text);
    }

    private static String text(ProgressEvent.RoundEnded round) {
        return String.format(
                Locale.ROOT,
                "round %d: %.1f MiB in %.0f ms (%.0f MiB/s); dirty again %.1f MiB (%.1f MiB/s); frozen now it would stand"
                        + " still for %.0f ms; %.1f s to go",
                round.number(),
                round.writtenBytes() / BYTES_A_MIB,
                round.nanos() / NANOS_A_MILLI,
                round.bandwidth() / BYTES_A_MIB,
                round.dirtyBytes() / BYTES_A_MIB,
                round.dirtyRate() / BYTES_A_MIB,
                round.downtimeNanos() / NANOS_A_MILLI,
                round.remainingNanos() / NANOS_A_SECOND);
    }
}
