package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Bundles of busybox, made by test-images/make-bundle. */
public final class Busybox {
    private static final Path MAKE_BUNDLE =
            Path.of("../test-images/make-bundle").toAbsolutePath().normalize();

    private Busybox() {}

    /** A new bundle that runs a command; skips where busybox is not installed. */
    public static Path bundle(Path parent, String... command) {
        assumeTrue(Files.isExecutable(Path.of("/bin/busybox")), "busybox is not installed");
        Path bundle = parent.resolve("bundle-" + newId());
        List<String> words = new ArrayList<>(List.of(MAKE_BUNDLE.toString(), "busybox", bundle.toString(), "--"));
        words.addAll(List.of(command));
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            assertThat(InstalledProgram.status(process, words)).as(said).isZero();
            return bundle;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An id that no other test has. */
    public static String newId() {
        return "cli-" + UUID.randomUUID().toString().substring(0, 8);
    }
}
