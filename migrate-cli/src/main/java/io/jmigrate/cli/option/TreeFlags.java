package io.jmigrate.cli.option;

import io.jmigrate.criu.request.TreeOptions;

/** What may be in a tree that is dumped or restored: options that checkpoint and restore share, with runc's names. */
public final class TreeFlags {
    private TreeOptions options = TreeOptions.NONE;

    /** Adds the options. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--tcp-established",
                        "Keep established TCP connections.",
                        given -> options = options.withTcpEstablished(given))
                .flag(
                        "--file-locks",
                        "Keep file locks that the container's processes hold.",
                        given -> options = options.withFileLocks(given))
                .flag(
                        "--shell-job",
                        "Allow a container whose first process does not lead its session.",
                        given -> options = options.withShellJob(given));
    }

    public TreeOptions options() {
        return options;
    }
}
