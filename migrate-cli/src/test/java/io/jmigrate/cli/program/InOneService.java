package io.jmigrate.cli.program;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests with a program each, which have one warm service in common. */
abstract class InOneService {
    @TempDir
    private static Path common;

    static InstalledProgram service;

    @TempDir
    Path directory;

    final String id = Busybox.newId();
    InstalledProgram program;

    @BeforeAll
    static void startService() {
        service = Way.WARM.open(common);
    }

    @AfterAll
    static void stopService() {
        if (service != null) {
            service.close();
            service = null;
        }
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }
}
