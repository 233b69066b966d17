package io.jmigrate.cli.verb;

import io.jmigrate.archive.ContainerDescription;
import io.jmigrate.archive.Volume;
import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.criu.Checkpoint;
import io.jmigrate.criu.DumpListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A tree that is saved to one file. */
interface ExportedTree {
    /** What an archive names as its maker. */
    String RUNTIME = "jmigrate";

    /** For sentences: {@code container "web"}. */
    String inSentence();

    /** Whether it goes on afterwards. */
    boolean leaveRunning();

    /**
     * Reads files that go along while it stands still; empty if none do.
     *
     * @param rootfsBase what to compare a root filesystem with, none if its changes don't go along
     * @param volumes whose files go along
     * @param work where they are put meanwhile
     */
    Optional<FrozenFiles.Reader> files(
            Function<Path, Optional<RootfsBase>> rootfsBase, List<Volume> volumes, Path work);

    /** Its config.json, if it has one. */
    Optional<Path> spec();

    /** Where CRIU's log is kept if the dump fails. */
    Path keptLog();

    /** Dumps it. @param images made, for the images */
    Checkpoint dump(Path images, DumpListener listener);

    /** Puts beside the images what else is to be known of it, while it stands still. */
    void note(Path images);

    /** What is told of it. @param images all but its memory */
    ContainerDescription description(Path images, List<Volume> volumes);
}
