package io.jmigrate.cli.option;

import io.jmigrate.criu.request.TreeOptions;

/** What a tree may have that CRIU handles only when told to: runc's flags of checkpoint and restore. */
public final class TreeOptionFlags {
    private TreeOptions options = TreeOptions.NONE;

    /** Adds the flags. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--tcp-established",
                        "Keep established TCP connections.",
                        value -> options = options.withTcpEstablished(value))
                .flag("--file-locks", "Keep file locks.", value -> options = options.withFileLocks(value))
                .flag(
                        "--shell-job",
                        "The container's init does not lead its session.",
                        value -> options = options.withShellJob(value));
    }

    public TreeOptions options() {
        return options;
    }
}
