package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A container's life by the program's commands. */
@ParameterizedClass
@EnumSource(Way.class)
class ProgramLifeIT {
    private static final Called DONE = new Called(0, "", "");

    @Parameter
    private Way way;

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = way.open(directory);
    }

    @AfterEach
    void close() {
        program.close();
    }

    private String status() {
        try {
            return new ObjectMapper()
                    .readTree(program.run("state", id).out())
                    .get("status")
                    .asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goesFromCreateToDelete() throws IOException {
        Path pidFile = directory.resolve("pid");
        Path bundle = Busybox.bundle(directory, "sleep", "300");

        assertThat(program.run("create", "--bundle", bundle.toString(), "--pid-file", pidFile.toString(), id))
                .isEqualTo(DONE);
        assertThat(status()).isEqualTo("created");
        assertThat(program.run("start", id)).isEqualTo(DONE);
        JsonNode state = new ObjectMapper().readTree(program.run("state", id).out());
        assertThat(state.get("status").asText()).isEqualTo("running");
        assertThat(Files.readString(pidFile)).isEqualTo(state.get("pid").asText());
        assertThat(program.run("list", "-q").out()).isEqualTo(id + "\n");
        assertThat(program.run("pause", id)).isEqualTo(DONE);
        assertThat(status()).isEqualTo("paused");
        assertThat(program.run("resume", id)).isEqualTo(DONE);
        assertThat(program.run("kill", id, "KILL")).isEqualTo(DONE);
        await().until(() -> status().equals("stopped"));
        assertThat(program.run("delete", id)).isEqualTo(DONE);
        assertThat(program.run("list", "--format", "json").out()).isEqualTo("[]\n");
    }

    @Test
    void runsInTheForegroundBetweenTheCallersStreams() throws IOException {
        Path input = Files.writeString(directory.resolve("input"), "line\n");
        Path bundle = Busybox.bundle(directory, "sh", "-c", "cat; echo problem >&2; exit 3");

        assertThat(program.run(input, "run", "--bundle", bundle.toString(), id))
                .isEqualTo(new Called(3, "line\n", "problem\n"));
        assertThat(program.run("list", "-q").out()).isEmpty();
    }

    @Test
    void endsAsASignalEndedIt() {
        Path bundle = Busybox.bundle(directory, "sleep", "300");
        assertThat(program.run("run", "-d", "-b", bundle.toString(), id)).isEqualTo(DONE);

        assertThat(program.run("exec", id, "sh", "-c", "kill -9 $$").status()).isEqualTo(128 + 9);
        assertThat(program.run("delete", "--force", id)).isEqualTo(DONE);
        assertThat(program.run("delete", "--force", id))
                .as("of one that is unknown")
                .isEqualTo(DONE);
    }

    @Test
    void passesTheCallersSignalsOn() throws Exception {
        Path bundle = Busybox.bundle(
                directory, "sh", "-c", "trap 'echo told; exit 4' TERM; echo ready; while true; do sleep 0.1; done");
        Process run = program.start("run", "--bundle", bundle.toString(), id);
        assertThat(run.inputReader().readLine()).isEqualTo("ready");
        Processes.kill((int) run.pid(), Signal.TERM);

        assertThat(InstalledProgram.status(run, "run")).isEqualTo(4);
        assertThat(run.inputReader().readLine()).isEqualTo("told");
    }
}
