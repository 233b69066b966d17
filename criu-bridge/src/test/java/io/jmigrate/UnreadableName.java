package io.jmigrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file whose name is one byte that no text in UTF-8 has, as any program may name one. */
public final class UnreadableName {
    private static final String MAKE = "printf '%4096s' '' > \"$1/$(printf '\\377')\"";

    private UnreadableName() {}

    /** Makes one of a page. @param directory an empty one */
    public static Path in(Path directory) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", MAKE, "sh", directory.toString())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
        try (Stream<Path> files = Files.list(directory)) {
            return files.findFirst().orElseThrow();
        }
    }
}
