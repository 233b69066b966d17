package io.jmigrate.cli.option;

import io.jmigrate.archive.rootfs.RootfsBase;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whether an archive that a command writes carries the changes of the root filesystem. */
public final class RootfsDiffFlags {
    private boolean wanted;
    private Optional<Path> base = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--rootfs-diff",
                        "Put the files into the exported file that the container has changed, and those that it has deleted.",
                        value -> wanted = value)
                .option(
                        "--rootfs-base",
                        "DIR",
                        "With --rootfs-diff: the tree to compare the root filesystem with (default: the layers of an overlay).",
                        Path::of,
                        value -> base = Optional.of(value));
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param exports whether a file is written
     * @param ofJob whether it is about a job
     */
    public void check(boolean exports, boolean ofJob) {
        if (wanted && ofJob) {
            throw Failure.of(
                    OptionCode.USAGE, "checkpoint: --rootfs-diff is for containers: the files of a job are the host's");
        }
        if (wanted && !exports) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --rootfs-diff needs --export: images hold no files");
        }
        if (base.isPresent() && !wanted) {
            throw Failure.of(OptionCode.USAGE, "checkpoint: --rootfs-base needs --rootfs-diff");
        }
    }

    /**
     * What to compare a root filesystem with, none if it is not wanted.
     *
     * @param resolve relates a path to the caller's directory
     * @throws Failure ARCHIVE_NO_BASE
     */
    public Optional<RootfsBase> base(Path rootfs, UnaryOperator<Path> resolve) {
        return wanted ? Optional.of(RootfsBase.of(rootfs, base.map(resolve))) : Optional.empty();
    }
}
