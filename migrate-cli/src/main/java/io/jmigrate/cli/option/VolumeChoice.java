package io.jmigrate.cli.option;

import io.jmigrate.runtime.failure.Failure;

/** What becomes of the volumes' files that an imported archive brings. */
public final class VolumeChoice {
    private boolean wanted;
    private boolean ignored;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--volumes",
                        "Put the imported file's volumes, and its files of /dev/shm, into the directories that the bundle mounts there;"
                                + " they are made, or have to be empty.",
                        value -> wanted = value)
                .flag(
                        "--ignore-volumes",
                        "Leave the imported file's volumes where they are, as podman does.",
                        value -> ignored = value);
    }

    /**
     * Refuses what makes no sense together.
     *
     * @param imports whether an archive is read
     * @param ownPlaces whether it is for somebody who is known to say where volumes are on this host
     */
    public void check(boolean imports, boolean ownPlaces) {
        if (wanted && ignored) {
            throw Failure.of(OptionCode.USAGE, "restore: --volumes and --ignore-volumes exclude each other");
        }
        if ((wanted || ignored) && !imports) {
            throw Failure.of(
                    OptionCode.USAGE, "restore: --volumes and --ignore-volumes need --import: images hold no files");
        }
        if (wanted && !ownPlaces) {
            throw Failure.of(
                    OptionCode.USAGE,
                    "restore: --volumes with --allow-spec mounts needs --trust: else a stranger says where on this host files are put");
        }
    }

    /** Whether they are put back. */
    public boolean wanted() {
        return wanted;
    }

    /** Whether they may be left out. */
    public boolean ignored() {
        return ignored;
    }
}
