package io.jmigrate.criu.request;

import java.nio.file.Path;
import java.util.Optional;

/** What is asked of a dump, whatever the tree belongs to. */
public interface TreeCheckpoint {
    /** Made if it is missing; must hold no images. */
    Path imageDirectory();

    /** Where the log and the statistics go; absent: the image directory. */
    Optional<Path> workDirectory();

    /** Whether the tree runs on afterwards. */
    boolean leaveRunning();

    /** What becomes of its connections. */
    TreeOptions options();

    /** How it goes if not in the usual way. */
    DumpTerms terms();
}
