package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** Which CRIU to use. */
public final class CriuOption {
    private Optional<Path> program = Optional.empty();

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                "--criu",
                "FILE",
                "The CRIU program (default: $JMIGRATE_CRIU, else the one that came with jmigrate, else the one in $PATH).",
                Path::of,
                value -> program = Optional.of(value));
    }

    /** As given: a relative path is relative to the caller's directory. */
    public Optional<Path> program() {
        return program;
    }
}
