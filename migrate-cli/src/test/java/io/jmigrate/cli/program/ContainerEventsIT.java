package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.cli.Called;
import io.jmigrate.cli.report.ExitCode;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code events} about a container that may use little memory. */
class ContainerEventsIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEMORY = 16 << 20;

    @TempDir
    private static Path directory;

    private static InstalledProgram program;
    private static Path bundle;

    private final String id = Busybox.newId();

    @BeforeAll
    static void open() throws IOException {
        Busybox.requireContainers();
        program = Way.WARM.open(directory);
        bundle = BundleConfig.change(
                Busybox.bundle(directory, "sleep", "300"), config -> ((ObjectNode) config.get("linux"))
                        .withObject("/resources/memory")
                        .put("limit", MEMORY)
                        .put("swap", MEMORY));
    }

    @AfterAll
    static void close() {
        if (program != null) {
            program.close();
        }
    }

    @BeforeEach
    void start() {
        assertThat(program.run("run", "--detach", "--bundle", bundle.toString(), id))
                .isEqualTo(new Called(0, "", ""));
    }

    @AfterEach
    void delete() {
        assertThat(program.run("delete", "--force", id)).isEqualTo(new Called(0, "", ""));
    }

    private static JsonNode next(BufferedReader events) throws IOException {
        return JSON.readTree(events.readLine());
    }

    private Process follow(String interval) {
        return program.start("events", "--interval", interval, id);
    }

    @Test
    void areToldOnce() throws IOException {
        Called called = program.run("events", "--stats", id);

        assertThat(called.status()).isZero();
        assertThat(called.out().lines()).hasSize(1);
        JsonNode event = JSON.readTree(called.out());
        assertThat(event.get("type").asText()).isEqualTo("stats");
        assertThat(event.get("id").asText()).isEqualTo(id);
        assertThat(event.at("/data/memory/usage/limit").asInt()).isEqualTo(MEMORY);
        assertThat(event.at("/data/memory/usage/usage").asInt()).isBetween(1, MEMORY);
        assertThat(event.at("/data/pids/current").asInt()).isEqualTo(1);
        assertThat(event.at("/data/network_interfaces").isNull())
                .as("it has the loopback alone")
                .isTrue();
        if (Files.exists(Path.of("/proc/pressure/cpu"))) {
            for (String resource : List.of("cpu", "memory", "blkio")) {
                assertThat(event.at("/data/" + resource + "/psi/some/total").isIntegralNumber())
                        .as(resource)
                        .isTrue();
                assertThat(event.at("/data/" + resource + "/psi/full/avg10").isNumber())
                        .as(resource)
                        .isTrue();
            }
        }
        assertThat(event.at("/data/cpu/usage/total").asLong()).isPositive();
    }

    @Test
    void areToldUntilTheContainerStops() throws IOException {
        Process following = follow("100ms");
        try (BufferedReader events = following.inputReader()) {
            for (int i = 0; i < 3; i++) {
                assertThat(next(events).get("type").asText()).isEqualTo("stats");
            }
            assertThat(program.run("kill", id, "KILL").status()).isZero();

            assertThat(events.lines().toList()).allMatch(line -> line.startsWith("{\"type\":\"stats\""));
        }
        assertThat(InstalledProgram.status(following, "events")).isZero();
    }

    @Test
    void tellOfAProcessThatTheKernelHasKilledForLackOfMemory() throws IOException {
        Process following = follow("100ms");
        try (BufferedReader events = following.inputReader()) {
            assertThat(next(events).get("type").asText()).isEqualTo("stats");
            Called hungry = program.run("exec", id, "dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=1");
            assertThat(hungry.status()).isEqualTo(128 + Signal.KILL.number());
            JsonNode event = next(events);
            while (event.get("type").asText().equals("stats")) {
                event = next(events);
            }
            assertThat(event).hasToString("{\"type\":\"oom\",\"id\":\"" + id + "\"}");
            assertThat(program.run("kill", id, "KILL").status()).isZero();
            assertThat(events.lines()).as("it was killed once").noneMatch(line -> line.contains("\"oom\""));
        }
        assertThat(InstalledProgram.status(following, "events")).isZero();
    }

    @Test
    void endWhenTheCallerHasHadEnough() throws IOException {
        Process following = follow("100ms");
        try (BufferedReader events = following.inputReader()) {
            next(events);
            Processes.kill((int) following.pid(), Signal.TERM);
            assertThat(InstalledProgram.status(following, "events")).isZero();
        }
        assertThat(program.run("state", id).out()).contains("\"running\"");
    }

    @Test
    void areNotThereOfAStoppedContainer() {
        assertThat(program.run("kill", id, "KILL").status()).isZero();
        await().until(() -> program.run("state", id).out().contains("\"stopped\""));
        Called called = program.run("events", id);

        assertThat(called)
                .isEqualTo(new Called(
                        ExitCode.FAILED.status(),
                        "",
                        "jmigrate: cannot measure container \"" + id + "\": it is stopped\n"
                                + "  to do: jmigrate state shows the state that the container is in\n"));
    }
}
