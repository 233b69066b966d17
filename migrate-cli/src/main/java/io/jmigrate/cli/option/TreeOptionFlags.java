package io.jmigrate.cli.option;

import io.jmigrate.criu.request.TreeOptions;

/** What becomes of a tree's TCP connections, and runc's flags for what is kept anyway. */
public final class TreeOptionFlags {
    private static final String ANYWAY = "Accepted for runc's sake: ";

    private TreeOptions options = TreeOptions.NONE;

    /** Adds the flags. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--tcp-close",
                        "Close TCP connections in the restored container instead of keeping them (as at the checkpoint).",
                        value -> options = options.withTcpClose(value))
                .flag("--tcp-established", ANYWAY + "TCP connections are kept without it.", _ -> {})
                .flag("--file-locks", ANYWAY + "file locks are kept without it.", _ -> {})
                .flag("--shell-job", ANYWAY + "a job of a shell is known as one without it.", _ -> {});
    }

    public TreeOptions options() {
        return options;
    }
}
