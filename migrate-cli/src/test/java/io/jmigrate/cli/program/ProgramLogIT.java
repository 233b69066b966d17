package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options before the command that engines give their runtime. */
class ProgramLogIT {
    private static final Path NOTHING = Path.of("/dev/null");

    @TempDir
    private Path directory;

    private InstalledProgram program;

    @BeforeEach
    void open() {
        program = InstalledProgram.in(directory);
    }

    @AfterEach
    void close() {
        program.close();
    }

    @Test
    void appendsErrorsAsRuncsJson() throws IOException {
        Path log = Files.writeString(directory.resolve("oci.log"), "{}\n");
        Called called = program.run("--log", log.toString(), "--log-format=json", "start", "web");

        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(2).startsWith("{}");
        JsonNode line = new ObjectMapper().readTree(lines.getLast());
        assertThat(line.properties().stream().map(field -> field.getKey())).containsExactly("level", "msg", "time");
        assertThat(line.get("level").asText()).isEqualTo("error");
        assertThat(line.get("msg").asText()).isEqualTo("container \"web\" does not exist");
        assertThat(Instant.parse(line.get("time").asText())).isNotNull();
        assertThat(called.err()).startsWith("jmigrate: container \"web\" does not exist\n");
    }

    @Test
    void appendsErrorsAsRuncsText() throws IOException {
        program.run("--log", "oci.log", "start", "web");
        assertThat(Files.readString(directory.resolve("oci.log")))
                .matches("time=\"[^\"]*\" level=error msg=\"container \\\\\"web\\\\\" does not exist\"\n");
    }

    @Test
    void appendsWarningsThatElseGoToStandardError() throws IOException {
        Path torn = Files.createDirectories(program.root().resolve("left-over"));
        Files.writeString(torn.resolve("state.json"), "{");
        Called called = program.run("--log", "oci.log", "--log-format=json", "list", "--quiet");
        assertThat(called).isEqualTo(new Called(0, "", ""));
        for (String[] words : new String[][] {{"list"}, {"--log", "nowhere/oci.log", "list"}}) {
            assertThat(program.run(words).err()).contains("jmigrate: warning: ").contains("left-over");
        }
        JsonNode line = new ObjectMapper().readTree(Files.readString(directory.resolve("oci.log")));
        assertThat(line.get("level").asText()).isEqualTo("warning");
        assertThat(line.get("msg").asText()).contains("left-over");
        Files.delete(torn.resolve("state.json"));
        Files.delete(torn);
    }

    @Test
    void saysThatTheLogCanNotBeWritten() {
        Called called = program.run("--log", "nowhere/oci.log", "start", "web");
        assertThat(called.err())
                .contains("does not exist\n")
                .contains("jmigrate: cannot write the log " + directory.resolve("nowhere/oci.log")
                        + ": no such file or directory\n");
        assertThat(called.status()).isEqualTo(1);
        assertThat(program.run("--log", "/dev/full", "start", "web").err())
                .contains("jmigrate: cannot write the log /dev/full: no space left on device\n");
    }

    @Test
    void findsItsRuntimeRootByOptionAndByVariable() throws IOException {
        Path torn = Files.createDirectories(directory.resolve("other/left-over"));
        Files.writeString(torn.resolve("state.json"), "{");
        List<String> list = List.of("list", "--quiet");
        program.with("JMIGRATE_ROOT", "other");
        assertThat(program.runPlain(NOTHING, list).err()).contains("left-over");
        assertThat(program.run("list", "--quiet")).isEqualTo(new Called(0, "", ""));
    }

    @Test
    void showsCausesOnlyWhenAskedTo() {
        String bundle = "nowhere";
        assertThat(program.run("create", "-b", bundle, "web").err()).doesNotContain("because", "\tat", "    at ");
        assertThat(program.run("--debug", "create", "-b", bundle, "web").err()).contains("  because: ", "    at ");
    }
}
