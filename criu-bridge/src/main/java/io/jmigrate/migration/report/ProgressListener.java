package io.jmigrate.migration.report;

/** Hears what happens. Called by the thread that migrates, in order; it must not block for long: the container may be frozen. */
@FunctionalInterface
public interface ProgressListener {
    void happened(ProgressEvent event);

    /** Hears nothing. */
    static ProgressListener none() {
        return event -> {};
    }
}
