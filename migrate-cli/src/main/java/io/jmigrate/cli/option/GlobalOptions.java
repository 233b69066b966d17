package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** The options before the verb, with runc's names. */
public final class GlobalOptions {
    /** Names the runtime root where the option does not. */
    public static final String ROOT_VARIABLE = "JMIGRATE_ROOT";

    private static final Path DEFAULT_ROOT = Path.of("/run/jmigrate");

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
                                + DEFAULT_ROOT + ").",
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
                .flag("--systemd-cgroup", "Not supported: cgroups are made directly.", value -> systemdCgroup = value)
                .option(
                        "--rootless",
                        "WHETHER",
                        "Whether the caller is an ordinary user: auto (default), true or false. true is not supported.",
                        Rootless::of,
                        value -> rootless = value);
    }

    /**
     * As given, by the option or the variable: a relative path is relative to the caller's directory.
     *
     * @param variable the value of {@link #ROOT_VARIABLE}, if it is set
     */
    public Path root(Optional<String> variable) {
        return root.or(() -> variable.map(Path::of)).orElse(DEFAULT_ROOT);
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
