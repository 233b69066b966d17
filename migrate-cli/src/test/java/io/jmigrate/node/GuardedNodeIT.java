package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that is sent a container by a peer that lies about it, or that wants more than the node gives. */
class GuardedNodeIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure", "--max-memory", "64m", "--allow-capability", "sys_nice");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    /** Changes what the source says of a container that runs. */
    private void claim(Counter counter, Consumer<ObjectNode> change) throws IOException {
        Path file = a.root().resolve(counter.id()).resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        change.accept(config);
        Files.writeString(file, config.toString());
    }

    private static void limitMemory(ObjectNode config) {
        config.withObject("/linux/resources/memory").put("limit", 64 << 20);
    }

    @Test
    void refusesImagesThatHaveMoreThanTheConfigThatCameWithThem() throws IOException {
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        claim(counter, config -> {
            limitMemory(config);
            ((ObjectNode) config.path("process")).putObject("capabilities");
        });

        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure")
                .ended(5);

        assertThat(said.err()).contains("more than its bundle gives", "capabilities: ", "CAP_CHOWN");
        counter.runsOnlyOn(a, b);
        assertThat(b.run("node", "audit").succeeded().out())
                .containsPattern("arrival +never-ran +" + counter.id() + " .*more than its bundle gives");
    }

    @Test
    void saysAllThatItDoesNotLetIn() throws IOException {
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        claim(counter, config -> {
            config.withObject("/annotations").put("org.criu.config", "/arrived/rootfs/criu.conf");
            ArrayNode bounding =
                    (ArrayNode) config.path("process").path("capabilities").path("bounding");
            bounding.add("CAP_SYS_ADMIN").add("CAP_SYS_NICE");
        });

        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure")
                .ended(4);

        assertThat(said.err())
                .contains(
                        "capabilities: \"CAP_SYS_ADMIN\"",
                        "a configuration file of CRIU",
                        "sets no limit of memory",
                        "it is at the source as before")
                .doesNotContain("CAP_SYS_NICE");
        assertThat(b.run("node", "audit", "--format", "json").succeeded().out())
                .contains("\"asked\":\"offer\",\"decision\":\"refused\"", "CAP_SYS_ADMIN");
        counter.runsOnlyOn(a, b);
    }
}
