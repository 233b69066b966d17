package io.jmigrate.cli.option;

import java.nio.file.Path;
import java.util.Optional;

/** A program that moves a container's addresses. */
public final class NetworkHookOption {
    private Optional<Path> program = Optional.empty();

    /** Adds the option. */
    public Declaration declare(Declaration verb) {
        return verb.option(
                "--network-hook",
                "PROGRAM",
                "Have it move the addresses of containers that come and go; it is told of each step in JSON.",
                Path::of,
                value -> program = Optional.of(value));
    }

    /** As it was given. */
    public Optional<Path> program() {
        return program;
    }
}
