package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Patience;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dry run finds that stands against a migration, with nodes that have one kernel and one network. */
class DryRunIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REFUSED = 4;

    private final String id = "d" + UUID.randomUUID().toString().substring(0, 8);
    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b")
                .serve("--insecure", "--allow-mount", stage.path("").toString(), "--allow-spec", "namespaces");
    }

    @AfterEach
    void close() {
        if (stage == null) {
            return;
        }
        try {
            for (Node node : List.of(a, b)) {
                if (Files.exists(node.root().resolve(id))) {
                    node.run("delete", "--force", id).succeeded();
                }
            }
        } finally {
            stage.close();
        }
    }

    /** As a container in the host's namespaces has what its copy would have again on the same host, that is in use there. */
    @Test
    void namesWhatIsTakenAndWhatIsAbsent() throws IOException {
        Path mounted = Files.createDirectory(stage.path("mounted"));
        Path bundle = bundle("nc -l -p 0 & exec sleep 1000000");
        shareNamespacesAndMount(bundle, mounted);
        a.run("run", "--detach", "--bundle", bundle.toString(), id).succeeded();
        Files.move(mounted, stage.path("elsewhere"));
        Patience.await().untilAsserted(() -> assertThat(blockers()).containsKey("ports"));

        Map<String, JsonNode> found = blockers();

        assertThat(found).containsOnlyKeys("ports", "mount sources", "process numbers");
        assertThat(found.get("mount sources").path("finding").asText())
                .isEqualTo("what the container mounts of its host does not exist: " + mounted);
        assertThat(found.values())
                .allSatisfy(each -> assertThat(each.path("remedy").asText()).isNotEmpty())
                .allSatisfy(each -> assertThat(each.path("node").asText()).isEqualTo("destination"));
        assertThat(a.run("migrate", id, "--to", b.address(), "--insecure")
                        .ended(REFUSED)
                        .err())
                .contains(
                        "it is at the source as before",
                        "does not exist: " + mounted,
                        "other processes have the numbers");
    }

    @Test
    void namesAContainerOfTheSameNameAndOneThatIsPaused() throws IOException {
        Path bundle = bundle("exec sleep 1000000");
        a.run("run", "--detach", "--bundle", bundle.toString(), id).succeeded();
        b.run("run", "--detach", "--bundle", bundle("exec sleep 1000000").toString(), id)
                .succeeded();
        a.run("pause", id).succeeded();

        Said table = a.run("migrate", id, "--to", b.address(), "--insecure", "--dry-run")
                .ended(REFUSED);

        assertThat(table.out())
                .containsPattern("source +state +blocker +container \"" + id + "\" is paused \\(let it go on")
                .containsPattern("destination +place +blocker +there is a container \"" + id + "\" already")
                .containsPattern("destination +clock +passed");
    }

    private Path bundle(String script) {
        Path bundle = stage.path("bundle" + UUID.randomUUID());
        Programs.makeBundle("busybox", bundle.toString(), "--", "/bin/sh", "-c", script);
        return bundle;
    }

    private static void shareNamespacesAndMount(Path bundle, Path mounted) throws IOException {
        Path file = bundle.resolve("config.json");
        ObjectNode config = (ObjectNode) JSON.readTree(file.toFile());
        ArrayNode own = JSON.createArrayNode();
        config.path("linux").path("namespaces").forEach(each -> {
            if (!Set.of("network", "pid").contains(each.path("type").asText())) {
                own.add(each);
            }
        });
        ((ObjectNode) config.path("linux")).set("namespaces", own);
        ((ArrayNode) config.path("mounts"))
                .addObject()
                .put("destination", "/mnt")
                .put("type", "bind")
                .put("source", mounted.toString())
                .putArray("options")
                .add("rbind");
        JSON.writeValue(file.toFile(), config);
    }

    /** By what was looked at. */
    private Map<String, JsonNode> blockers() throws IOException {
        Said said = a.run("migrate", id, "--to", b.address(), "--insecure", "--dry-run", "--format", "json")
                .ended(REFUSED);
        Map<String, JsonNode> found = new TreeMap<>();
        List<JsonNode> all = new ArrayList<>();
        JSON.readTree(said.out()).forEach(all::add);
        all.stream()
                .filter(each -> each.path("result").asText().equals("blocker"))
                .forEach(each -> found.put(each.path("check").asText(), each));
        return found;
    }
}
