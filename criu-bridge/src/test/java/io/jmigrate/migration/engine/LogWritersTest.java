package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LogWritersTest {
    @TempDir
    private Path directory;

    private Path log;
    private Path byLink;

    @BeforeEach
    void write() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        log = Files.createFile(real.resolve("restore.log"));
        byLink = Files.createSymbolicLink(directory.resolve("link"), real).resolve("restore.log");
    }

    /** Until its standard input ends. */
    private Process writer(String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "read line");
        builder.command().addAll(List.of(words));
        return builder.redirectOutput(log.toFile()).start();
    }

    @Test
    void isACriuOfWhateverNameAndBelowWhateverPath() throws Exception {
        Process criu = writer("criu-4.2", "swrk", "3");
        try {
            assertThat(LogWriters.exist(log)).isTrue();
            assertThat(LogWriters.exist(byLink)).isTrue();
            assertThat(LogWriters.exist(directory.resolve("none"))).isFalse();
        } finally {
            criu.destroyForcibly().waitFor();
        }
        assertThat(LogWriters.exist(log)).isFalse();
    }

    @Test
    void isNobodyElseWhoHasTheLogOpen() throws Exception {
        Process other = writer("criu");
        try {
            assertThat(LogWriters.exist(log)).isFalse();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
