package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;

/** How progress is shown. */
public enum ProgressForm {
    /** A bar if the messages go to a terminal, else a line for each phase. */
    AUTO,
    /** JSON, one event a line, on standard output. */
    JSON,
    /** Nothing but the result. */
    NONE;

    /**
     * A listener that shows events.
     *
     * @param out for JSON and the result
     * @param err for what a person reads meanwhile
     * @param terminal whether {@code err} is one
     */
    public ProgressListener on(PrintStream out, PrintStream err, boolean terminal) {
        return switch (this) {
            case JSON -> new JsonProgress(out);
            case AUTO -> new SpokenProgress(out, err, terminal);
            case NONE -> new ResultLine(out);
        };
    }
}
