package io.jmigrate.cli.option;

import io.jmigrate.criu.request.CgroupMode;
import io.jmigrate.criu.request.TreeOptions;

/** What becomes of that in a tree which reaches out of it, and runc's flags for what is kept anyway. */
public final class TreeOptionFlags {
    private static final String ANYWAY = "Accepted for runc's sake: ";
    private static final String NETWORK = "network";

    private TreeOptions options = TreeOptions.NONE;
    private boolean established;

    /** Adds the flags. */
    public Declaration declare(Declaration verb) {
        return verb.flag(
                        "--tcp-close",
                        "Close TCP connections in the restored container instead of keeping them (as at the checkpoint).",
                        value -> options = options.withTcpClose(value))
                .flag(
                        "--ext-unix-sk",
                        "Keep sockets that send datagrams to a Unix socket outside (done without it, but for images of strangers).",
                        value -> options = options.withExternalUnixSockets(value))
                .option(
                        "--manage-cgroups-mode",
                        "MODE",
                        "What CRIU does about cgroups below the container's: soft (default), full, strict or ignore.",
                        text -> Choice.of(CgroupMode.class, text),
                        mode -> options = options.withCgroups(mode))
                .repeated(
                        "--empty-ns",
                        "NAMESPACE",
                        ANYWAY + "what is in a network namespace is never saved, and there is no other NAMESPACE.",
                        TreeOptionFlags::emptied,
                        _ -> {})
                .flag(
                        "--tcp-established",
                        ANYWAY + "TCP connections are kept without it.",
                        value -> established = value)
                .flag("--file-locks", ANYWAY + "file locks are kept without it.", _ -> {})
                .flag("--shell-job", ANYWAY + "a job of a shell is known as one without it.", _ -> {});
    }

    /** CRIU knows to do it for no other kind (criu/cr-service.c, setup_opts_from_req). */
    private static String emptied(String namespace) {
        if (!namespace.equals(NETWORK)) {
            throw new IllegalArgumentException("\"" + namespace + "\" is not " + NETWORK);
        }
        return namespace;
    }

    public TreeOptions options() {
        return options;
    }

    /** Whether it was said that connections are kept. */
    public boolean isEstablished() {
        return established;
    }
}
