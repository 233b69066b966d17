package io.jmigrate.cli.progress;

import io.jmigrate.migration.report.ProgressListener;

/** What is shown of the migrations of one command. */
public interface ProgressDisplay extends AutoCloseable {
    /** For one more migration. Several can be under way, each with a thread of its own. */
    ProgressListener next();

    /** Tells the person a line meanwhile. */
    void say(String line);

    /** The window has another size. */
    void resized();

    /** Leaves nothing but what was to stay. */
    @Override
    void close();
}
