package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressListener;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Lines one after the other. */
record PlainDisplay(PrintStream err, Supplier<ProgressListener> listeners) implements ProgressDisplay {
    @Override
    public ProgressListener next() {
        return listeners.get();
    }

    @Override
    public void say(String line) {
        err.println(line);
    }

    @Override
    public void resized() {}

    @Override
    public void close() {}
}
