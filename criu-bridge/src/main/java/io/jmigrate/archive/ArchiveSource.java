package io.jmigrate.archive;

import java.io.InputStream;
import java.nio.file.Files;
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

    /**
     * Looks whether there is a file of that name.
     *
     * @throws io.jmigrate.runtime.failure.Failure ARCHIVE_MISSING
     */
    static void requireFile(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new ArchiveFile(path.toString()).noFile(path);
        }
    }
}
