package io.jmigrate.cli.program;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A podman with this program as its runtime, and an image of busybox. */
abstract class UnderPodman {
    static final String IMAGE = "runtime-test";

    @TempDir
    Path directory;

    Podman podman;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        podman = Podman.in(directory);
        podman.importImage(Busybox.bundle(directory, "true").resolve("rootfs"), IMAGE);
    }

    @AfterEach
    void close() {
        if (podman != null) {
            podman.close();
        }
    }
}
