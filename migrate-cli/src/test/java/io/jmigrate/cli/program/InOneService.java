package io.jmigrate.cli.program;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a program each, whose commands run in the service that all share. */
abstract class InOneService {
    @TempDir
    Path directory;

    final String id = Busybox.newId();
    InstalledProgram program;

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }
}
