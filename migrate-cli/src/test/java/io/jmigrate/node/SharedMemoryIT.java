package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that share memory of each kind, and write to all of it, move to another node and back. */
@Timeout(120)
class SharedMemoryIT {
    private static final String CONTAINER = "sharing";
    private static final int MIB = 24;

    private static Stage stage;
    private static Node a;
    private static Node b;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        a = stage.node("a").serve("--insecure");
        b = stage.node("b").serve("--insecure");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    /** The program ends when it finds a page that is not what was written last, whoever wrote it and how. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--user-namespace"})
    void mostOfItGoesAheadAndNothingIsLost(String option) throws IOException {
        Path bundle = stage.path("shared" + option);
        List<String> options = new ArrayList<>(List.of("--mib", Integer.toString(MIB), "--dirty", "4"));
        if (!option.isEmpty()) {
            options.add(option);
        }
        Programs.makeBundle("shared", bundle.toString(), options.toArray(String[]::new));
        a.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
        goesOnAt(a);

        move(a, b);
        goesOnAt(b);
        move(b, a);
        goesOnAt(a);

        a.run("delete", "--force", CONTAINER).succeeded();
        assertThat(a.remainsOf(CONTAINER)).isEmpty();
        assertThat(b.remainsOf(CONTAINER)).isEmpty();
    }

    private static void move(Node from, Node to) throws IOException {
        Said said = from.run(
                        "migrate",
                        CONTAINER,
                        "--to",
                        to.address(),
                        "--insecure",
                        "--verify-memory",
                        "--progress",
                        "json")
                .succeeded();
        String migration = said.events().getLast().path("migration").asText();
        await().untilAsserted(() -> assertThat(to.remainsOfMigrations()).isEmpty());
        assertThat(Path.of("/dev/shm/jmigrate-" + migration + ".mounts")).doesNotExist();
        for (Node end : new Node[] {from, to}) {
            JsonNode bytes = reportOf(end, migration).path("bytes");
            assertThat(bytes.path("shared_ahead").asLong()).isGreaterThan((MIB + 16L) << 20);
            assertThat(bytes.path("shared_last").asLong()).isBetween(1L, (MIB / 2L) << 20);
            assertThat(bytes.path("images").asLong()).isLessThan(1 << 20); // it would hold the file in /dev/shm
        }
    }

    private static JsonNode reportOf(Node node, String migration) throws IOException {
        String text = node.run("migration", "show", migration, "--format", "json")
                .succeeded()
                .out();
        return new ObjectMapper().readTree(text).findValue("report");
    }

    /** After all of it has been checked a few times more. */
    private static void goesOnAt(Node node) {
        for (int change = 0; change < 3; change++) {
            String before = report(node);
            await().until(() -> !report(node).equals(before));
        }
        assertThat(report(node)).startsWith("ok shared ");
    }

    private static String report(Node node) {
        return node.textOf(CONTAINER, "report");
    }
}
