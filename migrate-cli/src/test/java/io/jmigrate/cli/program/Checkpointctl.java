package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The program that reads checkpoint archives of all engines. */
final class Checkpointctl {
    private Checkpointctl() {}

    /** Skips where ./setup found none. */
    static Path find() {
        Optional<Path> found = Stream.of("/opt/jmigrate/checkpointctl/checkpointctl", "/usr/bin/checkpointctl")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "checkpointctl is not installed: run ./setup");
        return found.get();
    }
}
