package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bundles made by test-images/make-bundle. */
public final class TestImages {
    private static final Path MAKE_BUNDLE =
            Path.of("../test-images/make-bundle").toAbsolutePath().normalize();

    private TestImages() {}

    /** A new bundle. */
    public static Path bundle(Path parent, String kind, List<String> arguments) {
        Path bundle = parent.resolve("bundle-" + Busybox.newId());
        List<String> words = new ArrayList<>(List.of(MAKE_BUNDLE.toString(), kind, bundle.toString()));
        words.addAll(arguments);
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
}
