package io.jmigrate.cli.program;

import java.nio.file.Path;

/** How commands come to run: each in a JVM of its own, or all in the warm service. */
enum Way {
    COLD,
    WARM;

    InstalledProgram open(Path directory) {
        InstalledProgram program = InstalledProgram.in(directory);
        return this == WARM ? program.warm() : program;
    }
}
