package io.jmigrate.criu.request;

import io.jmigrate.pages.PageStore;
import java.nio.file.Path;
import java.util.Optional;

/** What is asked of a restore, whatever the tree belongs to. */
public interface TreeRestoration {
    /** What a dump wrote. */
    Path imageDirectory();

    /** Where the log and the statistics go; absent: the image directory. */
    Optional<Path> workDirectory();

    /** What becomes of its connections, as at the dump. */
    TreeOptions options();

    /** What is other than at the dump. */
    RestoreTerms terms();

    /** When its memory comes. */
    MemoryMode memory();

    /** Where memory is that comes while the tree runs; absent: the image directory. */
    Optional<PageStore> pages();
}
