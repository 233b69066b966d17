package io.jmigrate.cli.option;

import io.jmigrate.archive.consent.SpecPart;
import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Whether a bundle is made of what an archive says, and how much of that is believed. */
public final class ArchiveSpecFlags {
    private final Set<SpecPart> allowed = EnumSet.noneOf(SpecPart.class);
    private Optional<Path> rootfs = Optional.empty();

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                        "--rootfs",
                        "DIR",
                        "Make the bundle: config.json is the imported file's, with DIR as the root filesystem, and without anything "
                                + "that reaches for the host.",
                        Path::of,
                        value -> rootfs = Optional.of(value))
                .repeated(
                        "--allow-spec",
                        "PART,...",
                        "Parts of the imported file's config.json that are taken as they are: "
                                + Choice.words(SpecPart.class) + ".",
                        list -> Choices.of(SpecPart.class, list),
                        parts -> allowed.addAll(parts.set()));
    }

    /** Where the root filesystem is that the archive's container gets, none if there is a bundle. */
    public Optional<Path> rootfs() {
        return rootfs;
    }

    public Set<SpecPart> allowed() {
        return allowed;
    }

    /** Whether the archive may say what of the host is mounted. */
    public boolean allowsMounts() {
        return allowed.contains(SpecPart.MOUNTS);
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param imports whether there is an archive
     * @param bundle whether a bundle's directory was named
     */
    public void check(boolean imports, boolean bundle) {
        if (rootfs.isPresent() && !imports) {
            throw Failure.of(OptionCode.USAGE, "restore: --rootfs needs --import: images alone have no config.json");
        }
        if (rootfs.isPresent() && !bundle) {
            throw Failure.of(
                    OptionCode.USAGE, "restore: --rootfs needs --bundle: the directory that becomes the bundle");
        }
        if (rootfs.isEmpty() && !allowed.isEmpty()) {
            throw Failure.of(OptionCode.USAGE, "restore: --allow-spec needs --rootfs: else the bundle decides alone");
        }
    }
}
