package io.jmigrate.runtime.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFileTest {
    @TempDir
    private Path directory;

    @Test
    void namesTheDirectoryThatStandsInTheWay() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertThat(NewFile.obstacle(directory.resolve("new"))).isEmpty();
        assertThat(NewFile.obstacle(directory.resolve("none/new")))
                .contains("there is no directory " + directory.resolve("none"));
        assertThat(NewFile.obstacle(file.resolve("new"))).contains(file + " is not a directory");
        assertThat(NewFile.obstacle(Path.of("/"))).contains("it is the root directory");
    }
}
