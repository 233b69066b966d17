package io.jmigrate.pages.track;

import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTarget;

/** Takes what a tracker says that was written, and keeps nothing open. */
public abstract class WrittenPages implements PageSink {
    @Override
    public void open(PageTarget target) {
        // each run names its target
    }

    @Override
    public void hole(PageRun run) {
        throw new IllegalArgumentException("pages that were written come with their bytes: " + run);
    }

    @Override
    public void finish() {
        // there is nothing that waits
    }

    @Override
    public void close() {
        // the taker's owner does so
    }
}
