package io.jmigrate.cli.program;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Bundles of busybox, made by test-images/make-bundle. */
public final class Busybox {
    private Busybox() {}

    /** A new bundle that runs a command. */
    public static Path bundle(Path parent, String... command) {
        List<String> arguments = new ArrayList<>(List.of("--"));
        arguments.addAll(List.of(command));
        return TestImages.bundle(parent, "busybox", arguments);
    }

    /** Skips where there can be no containers. */
    public static void requireContainers() {
        assumeTrue(Processes.effectiveUid() == 0, "containers need root");
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "busybox is not installed");
    }

    /** An id that no other test has. */
    public static String newId() {
        return "cli-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
