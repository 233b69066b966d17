package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** The options before the verb, with runc's names. */
public final class GlobalOptions {
    /** Names the runtime root where the option does not. */
    public static final String ROOT_VARIABLE = "JMIGRATE_ROOT";

    private Optional<Path> root = Optional.empty();
    private Optional<Path> log = Optional.empty();
    private LogFormat logFormat = LogFormat.TEXT;
    private boolean debug;
    private boolean systemdCgroup;
    private Rootless rootless = Rootless.AUTO;

    /** Adds the options to the program's declaration. */
    public void declare(Declaration program) {
        program.option(
                        "--root",
                        "DIR",
                        "Runtime root: where the state of containers is kept (default: $" + ROOT_VARIABLE + ", else "
                                + "/run/jmigrate, or $XDG_RUNTIME_DIR/jmigrate for ordinary users).",
                        Path::of,
                        value -> root = Optional.of(value))
                .option(
                        "--log",
                        "FILE",
                        "Append errors to FILE too, and warnings to it alone.",
                        Path::of,
                        value -> log = Optional.of(value))
                .option(
                        "--log-format",
                        "FORMAT",
                        "How lines of the log are written: text (default) or json.",
                        LogFormat::of,
                        value -> logFormat = value)
                .flag("--debug", "Show the causes of an error.", value -> debug = value)
                .flag(
                        "--systemd-cgroup",
                        "Have systemd make the cgroups of new containers, as scopes among its units: linux.cgroupsPath is SLICE:PREFIX:NAME.",
                        value -> systemdCgroup = value)
                .option(
                        "--rootless",
                        "WHETHER",
                        "Whether containers do without a cgroup where the caller may not make one: true, false or auto (default),"
                                + " which is true for all but the host's root.",
                        Rootless::of,
                        value -> rootless = value);
    }

    /** As given; a relative path is relative to the caller's directory. */
    public Optional<Path> root() {
        return root;
    }

    public Optional<Path> log() {
        return log;
    }

    public LogFormat logFormat() {
        return logFormat;
    }

    public boolean debug() {
        return debug;
    }

    public boolean systemdCgroup() {
        return systemdCgroup;
    }

    public Rootless rootless() {
        return rootless;
    }
}
