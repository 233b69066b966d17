package io.jmigrate.criu.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.linux.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobFileTest {
    @TempDir
    private Path directory;

    @Test
    void isReadAsItWasWritten() {
        JobFile file = new JobFile(
                4711, "bash", List.of("bash", "-c", "echo \"a b\""), "/srv", Instant.parse("2026-01-02T03:04:05Z"));

        file.write(directory);

        assertThat(JobFile.read(directory)).contains(file);
        assertThat(file.inSentence()).isEqualTo("job 4711 (bash)");
    }

    @Test
    void tellsOfAProcess() {
        Job self =
                new Job(Processes.find((int) ProcessHandle.current().pid()).orElseThrow(), OptionalInt.empty(), "java");

        JobFile file = JobFile.of(self, Instant.EPOCH);

        assertThat(file.command()).isNotEmpty();
        assertThat(file.directory()).isEqualTo(Path.of("").toAbsolutePath().toString());
    }

    @Test
    void imagesOfAContainerHaveNone() {
        assertThat(JobFile.read(directory)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":\"jmigrate job\",\"version\":2}",
                "{\"format\":\"jmigrate job\",\"version\":1}"
            })
    void anotherFileIsRefused(String content) throws IOException {
        Files.writeString(directory.resolve(JobFile.NAME), content);

        assertThatThrownBy(() -> JobFile.read(directory))
                .hasMessageStartingWith("cannot read " + directory.resolve(JobFile.NAME) + ": ");
    }
}
