package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** Who gets the master of a process's terminal. */
public final class ConsoleOption {
    private Optional<Path> socket = Optional.empty();

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                "--console-socket",
                "SOCKET",
                "Send the master of the process's terminal to this Unix socket.",
                Path::of,
                value -> socket = Optional.of(value));
    }

    /** As given: a relative path is relative to the caller's directory. */
    public Optional<Path> socket() {
        return socket;
    }
}
