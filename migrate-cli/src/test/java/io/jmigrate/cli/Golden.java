package io.jmigrate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of this repository that say what the program does. A test compares them with the program; {@code mvn test
 * -Dgolden.update -pl migrate-cli -am} writes them anew, to be looked at in the diff.
 */
public final class Golden {
    private Golden() {}

    /** Compares the file with what it should hold, or writes that. */
    public static void matches(Path file, String actual) {
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, actual);
            }
            assertThat(file).as("written by mvn test -Dgolden.update").exists();
            assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
