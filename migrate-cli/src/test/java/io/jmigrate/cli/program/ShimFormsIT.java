package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands in the form in which containerd's shim and Docker give them (go-runc: global options first, {@code --log} always),
 * and what they read of the answers.
 */
class ShimFormsIT {
    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;
    private Path log;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        log = directory.resolve("log.json");
    }

    @AfterEach
    void close() {
        if (program != null) {
            program.close();
        }
    }

    private Called call(Path input, String... words) {
        List<String> all = new ArrayList<>(
                List.of("--root", program.root().toString(), "--log", log.toString(), "--log-format", "json"));
        all.addAll(List.of(words));
        return program.runPlain(input, all);
    }

    private String said(String... words) {
        Called called = call(Path.of("/dev/null"), words);
        assertThat(called.status()).as(called.err()).isZero();
        return called.out();
    }

    private JsonNode json(String... words) throws IOException {
        return new ObjectMapper().readTree(said(words));
    }

    @Test
    void leadAContainerThroughItsLife() throws IOException {
        String bundle = Busybox.bundle(directory, "sleep", "300").toString();
        Path pidFile = directory.resolve("init.pid");
        said("create", "--bundle", bundle, "--pid-file", pidFile.toString(), id);
        said("start", id);
        JsonNode state = json("state", id);
        assertThat(state.path("pid").asText()).isEqualTo(Files.readString(pidFile));
        assertThat(json("ps", "--format", "json", id)).hasSize(1);

        Path process = Files.writeString(
                directory.resolve("process.json"),
                "{\"args\": [\"sleep\", \"301\"], \"cwd\": \"/\", \"user\": {\"uid\": 0, \"gid\": 0}, \"env\": [\"PATH=/bin\"]}");
        Path execPid = directory.resolve("exec.pid");
        said("exec", "--process", process.toString(), "--detach", "--pid-file", execPid.toString(), id);
        assertThat(Files.readString(execPid)).containsOnlyDigits();

        Path change = Files.writeString(directory.resolve("change.json"), "{\"pids\": {\"limit\": 77}}");
        assertThat(call(change, "update", "--resources", "-", id)).isEqualTo(new Called(0, "", ""));
        JsonNode event = json("events", "--stats", id);
        assertThat(event.path("type").asText()).isEqualTo("stats");
        assertThat(event.path("id").asText()).isEqualTo(id);
        assertThat(event.at("/data/pids/limit").asInt()).isEqualTo(77);
        assertThat(event.at("/data/pids/current").asInt()).isEqualTo(2);

        said("pause", id);
        said("resume", id);
        assertThat(json("list", "--format", "json").path(0).path("id").asText()).isEqualTo(id);
        said("kill", "--all", id, "9");
        await().until(() -> json("state", id).path("status").asText().equals("stopped"));
        said("delete", id);
        assertThat(log).doesNotExist();
    }

    /** Docker and containerd show the message of the log's last error. */
    @Test
    void leaveTheReasonOfAFailureInTheLog() throws IOException {
        Called called = call(Path.of("/dev/null"), "start", id);

        assertThat(called.status()).isEqualTo(1);
        JsonNode line = new ObjectMapper().readTree(Files.readAllLines(log).getLast());
        assertThat(line.path("level").asText()).isEqualTo("error");
        assertThat(line.path("msg").asText()).startsWith("container \"" + id + "\" does not exist");
        assertThat(line.path("time").asText()).isNotEmpty();
    }

    /** Docker: the name before the word, the version after it, then lines that begin with {@code commit:} and {@code spec:}. */
    @Test
    void tellTheVersion() {
        List<String> lines = said("--version").lines().toList();
        assertThat(lines.getFirst()).matches("jmigrate version \\S+");
        assertThat(lines).anyMatch(line -> line.matches("spec: 1\\.\\d+\\.\\d+"));
    }
}
