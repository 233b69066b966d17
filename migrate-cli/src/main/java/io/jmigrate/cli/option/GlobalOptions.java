package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options before the verb, with runc's names. */
@Command(synopsisSubcommandLabel = "COMMAND")
public final class GlobalOptions {
    @Option(
            names = "--root",
            paramLabel = "DIR",
            defaultValue = "/run/jmigrate",
            description = "Runtime root: where the state of containers is kept (default: ${DEFAULT-VALUE}).")
    Path root;

    @Option(names = "--log", paramLabel = "FILE", description = "Append errors to FILE too.")
    Optional<Path> log = Optional.empty();

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "How lines of the log are written (default: ${DEFAULT-VALUE}).")
    LogFormat logFormat;

    @Option(names = "--debug", description = "Show the chain of causes of an error.")
    boolean debug;

    @Option(names = "--systemd-cgroup", description = "Not supported: cgroups are made directly.")
    boolean systemdCgroup;

    @Option(
            names = "--rootless",
            paramLabel = "true|false|auto",
            defaultValue = "auto",
            description = "Whether the caller is an ordinary user (default: ${DEFAULT-VALUE}). Only root is supported.")
    String rootless;

    public Path root() {
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

    public String rootless() {
        return rootless;
    }
}
