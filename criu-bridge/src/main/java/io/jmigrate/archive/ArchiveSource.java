package io.jmigrate.archive;

import java.io.InputStream;
import java.nio.file.Path;

/** Where an archive comes from. */
public sealed interface ArchiveSource {
    /** A file of that name. */
    record InFile(Path path) implements ArchiveSource {
        @Override
        public String name() {
            return path.toString();
        }
    }

    /**
     * Whatever a stream gives until its end.
     *
     * @param in read to its end if the archive is good; not closed
     * @param name what to call it in messages
     */
    record Stream(InputStream in, String name) implements ArchiveSource {}

    /** What to call it in messages. */
    String name();
}
