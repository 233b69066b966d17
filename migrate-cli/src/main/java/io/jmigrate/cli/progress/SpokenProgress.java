package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressEvent;
import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.Locale;

/** Phases as sentences and, on a terminal, a bar for what is being sent; the result at the end. */
final class SpokenProgress implements ProgressListener {
    private final PrintStream err;
    private final Bar bar;
    private final ResultLine result;

    SpokenProgress(PrintStream out, PrintStream err, boolean terminal) {
        this.err = err;
        this.bar = new Bar(err, terminal);
        this.result = new ResultLine(out);
    }

    @Override
    public void happened(ProgressEvent event) {
        switch (event) {
            case ProgressEvent.Started started ->
                err.println("migrating " + started.container() + " to " + started.peer());
            case ProgressEvent.PhaseEntered entered -> {
                bar.erase();
                err.println("  " + entered.phase().sentence());
            }
            case ProgressEvent.Waiting waiting -> err.println("  waiting: " + waiting.reason());
            case ProgressEvent.Sent sent ->
                bar.show(sent.kind().name().toLowerCase(Locale.ROOT), sent.bytes(), sent.expectedBytes());
            case ProgressEvent.Finished _, ProgressEvent.Ended _ -> bar.erase();
        }
        result.happened(event);
    }
}
