package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.cli.Called;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of a real container, looked into: a shell with an open file, and a child that listens. */
@Timeout(120)
class InspectIT {
    private static final String SCRIPT = "exec 7> /tmp/held; echo twelve bytes >&7; nc -l -p 8080 & wait";

    @TempDir
    private Path directory;

    private final String id = Busybox.newId();
    private InstalledProgram program;

    @BeforeEach
    void open() {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        String bundle = Busybox.bundle(directory, "sh", "-c", SCRIPT).toString();
        succeed("run", "--detach", "--bundle", bundle, id);
        await().until(() -> program.run("exec", id, "cat", "/proc/net/tcp", "/proc/net/tcp6")
                .out()
                .contains(":1F90 "));
    }

    @AfterEach
    void close() {
        program.close();
    }

    private String succeed(String... words) {
        Called called = program.run(words);
        assertThat(called.err()).isEmpty();
        assertThat(called.status()).isZero();
        return called.out();
    }

    private static List<JsonNode> rows(JsonNode inspection, String section) {
        return StreamSupport.stream(inspection.path(section).spliterator(), false)
                .toList();
    }

    @Test
    void tellsWhatItHolds() throws IOException {
        assertThat(succeed("inspect", id)).contains("├── status: running\n");
        String archive = directory.resolve("kept.tar.zst").toString();
        String images = directory.resolve("images").toString();
        succeed("checkpoint", "--leave-running", "--export", archive, id);
        succeed("checkpoint", "--image-path", images, id);

        JsonNode ofArchive = new ObjectMapper().readTree(succeed("inspect", "--all", "--format", "json", archive));
        assertThat(ofArchive.path("summary").path("container").asText()).isEqualTo(id);
        assertThat(ofArchive.path("summary").path("engine").asText()).isEqualTo("jmigrate");
        assertThat(ofArchive.path("summary").path("archive_bytes").asLong()).isPositive();
        assertHoldsTheContainer(ofArchive);
        assertHoldsTheContainer(new ObjectMapper().readTree(succeed("inspect", "--all", "--format", "json", images)));
        assertThat(ofArchive.path("summary").path("manifest").asText()).isEqualTo("all members are as listed");
        assertThat(succeed("inspect", "--html", "-", archive)).contains("[heap]", "<rect class=\"data\"");
        assertThat(succeed("diff", archive, archive)).isEmpty();
        assertThat(succeed("memory", "search", "--text", "twelve bytes", archive))
                .contains("[1] ", "⟦twelve bytes⟧");
        assertCarriedAsAnImage(archive);
        assertThat(succeed("inspect", "--all", archive)).contains("[1] sh\n", "mounts\n", ": file /tmp/held\n");
        assertThat(succeed("inspect", "--all", "--format", "table", images)).contains("\nsockets\n", "/tmp/held");
    }

    private void assertCarriedAsAnImage(String archive) {
        String image = "oci:" + directory.resolve("layout") + ":web";
        Path pulled = directory.resolve("pulled.tar.zst");
        succeed("image", "push", archive, image);
        succeed("image", "pull", pulled.toString(), image);
        assertThat(pulled).hasSameBinaryContentAs(Path.of(archive));
        assertThat(succeed("inspect", "--ps-tree", image)).contains(image + "\n", "[1] sh\n");
    }

    private static void assertHoldsTheContainer(JsonNode inspection) {
        JsonNode shell = rows(inspection, "processes").getFirst();
        JsonNode child = rows(inspection, "processes").getLast();
        assertThat(shell.path("command").asText()).isEqualTo("sh");
        assertThat(child.path("command").asText()).isEqualTo("nc");
        assertThat(child.path("parent").asInt()).isEqualTo(shell.path("pid").asInt());
        assertThat(rows(inspection, "files"))
                .filteredOn(file -> file.path("name").asText().equals("/tmp/held"))
                .allSatisfy(file -> assertThat(file.path("position").asInt()).isEqualTo(13))
                .anyMatch(file -> file.path("descriptor").asInt() == 7);
        assertThat(rows(inspection, "sockets")).singleElement().satisfies(socket -> {
            assertThat(socket.path("pid")).isEqualTo(child.path("pid"));
            assertThat(socket.path("protocol").asText()).isEqualTo("tcp");
            assertThat(socket.path("state").asText()).isEqualTo("listen");
            assertThat(socket.path("local").asText()).endsWith(":8080");
        });
        assertThat(rows(inspection, "mounts"))
                .extracting(mount -> mount.path("mount_point").asText())
                .contains("/", "/proc");
        assertThat(rows(inspection, "memory")).hasSize(2).allSatisfy(memory -> assertThat(
                        memory.path("pages_stored").asLong())
                .isPositive());
        assertThat(inspection.path("summary").path("memory_bytes").asLong())
                .isEqualTo(
                        4096 * inspection.path("summary").path("pages_stored").asLong());
        assertThat(rows(inspection, "statistics")).singleElement().satisfies(statistics -> assertThat(
                        statistics.path("pages_written").asLong())
                .isPositive());
    }
}
