package io.jmigrate.archive;

import java.io.OutputStream;
import java.nio.file.Path;

/** Where an archive goes. */
public sealed interface ArchiveTarget {
    /** A file of that name, which must not exist. */
    record InFile(Path path) implements ArchiveTarget {}

    /**
     * A stream. What was written before a failure can't be taken back: it is no archive, and an import says so.
     *
     * @param out flushed and not closed
     * @param name what to call it in messages
     */
    record Stream(OutputStream out, String name) implements ArchiveTarget {}
}
