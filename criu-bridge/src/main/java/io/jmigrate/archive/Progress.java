package io.jmigrate.archive;

/** Told how far an export or import is. Called often and by one thread: it returns quickly. What it throws ends the export or import. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = bytes -> {};

    /** {@code bytes} of content, before compression, have been handled since the start. */
    void reached(long bytes);
}
