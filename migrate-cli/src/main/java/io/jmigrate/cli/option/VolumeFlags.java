package io.jmigrate.cli.option;

import io.jmigrate.archive.Volume;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;

/** Directories that are mounted into a container, and whose files an archive that is written carries. */
public final class VolumeFlags {
    private final List<Volume> volumes = new ArrayList<>();

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.repeated(
                "--volume",
                "[NAME=]DEST",
                "Put the files of the directory into the exported file that is mounted at DEST in the container, /dev/shm too;"
                        + " may be given more than once.",
                Volume::parse,
                volumes::add);
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param exports whether a file is written
     * @param ofJob whether it is about a job
     */
    public void check(boolean exports, boolean ofJob) {
        if (!volumes.isEmpty() && ofJob) {
            throw Failure.of(
                    OptionCode.USAGE, "checkpoint: --volume is for containers: a job has no mounts of its own");
        }
        if (!volumes.isEmpty() && !exports) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --volume needs --export: images hold no files");
        }
        if (volumes.stream().map(Volume::member).distinct().count() < volumes.size()) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: two volumes have one name: give each its own, NAME=DEST");
        }
    }

    /** What was given. */
    public List<Volume> volumes() {
        return List.copyOf(volumes);
    }
}
