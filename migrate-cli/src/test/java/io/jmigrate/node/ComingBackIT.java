package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container that comes back to a node brings what has changed of its memory; the node has kept the rest. */
@Timeout(120)
class ComingBackIT {
    private static final String CONTAINER = "returns";
    private static final long PAGES = 64 * 256;

    private static Stage stage;
    private static Node a;
    private static Node b;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        a.serve("--kept-memory", store(a).toString(), "--kept-memory-size", "256m");
        b.serve("--kept-memory", store(b).toString());
        String code = b.run("node", "pair", "--new-code").succeeded().out().strip();
        a.run("node", "pair", "--to", b.address(), "--code", code).succeeded();
    }

    private static Path store(Node node) {
        return node.root().resolve("kept");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @AfterEach
    void remove() {
        for (Node node : new Node[] {a, b}) {
            if (Files.exists(node.root().resolve(CONTAINER))) {
                node.run("delete", "--force", CONTAINER).succeeded();
            }
            node.run("node", "kept", "--remove").succeeded();
        }
    }

    /** It checks its memory all the time and ends if that is damaged. @param words how much there is, and how much of it changes */
    private static void start(String... words) {
        Path bundle = stage.path("memory" + words.length);
        if (!Files.exists(bundle)) {
            Programs.makeBundle("memory", bundle.toString(), words);
        }
        a.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
        goesOnAt(a);
    }

    private static Said move(Node from, Node to, String... how) {
        List<String> words = new ArrayList<>(List.of("migrate", CONTAINER, "--to", to.address()));
        words.addAll(List.of(how));
        return from.run(words.toArray(String[]::new));
    }

    private static JsonNode moved(Node from, Node to, String... how) {
        move(from, to, how).succeeded();
        goesOnAt(to);
        await().untilAsserted(() -> assertThat(to.remainsOfMigrations()).isEmpty());
        List<JsonNode> all = new ArrayList<>();
        from.run("migration", "list", "--format", "json")
                .succeeded()
                .events()
                .getFirst()
                .elements()
                .forEachRemaining(entry -> {
                    if (entry.path("side").asText().equals("source")) {
                        all.add(entry.path("report"));
                    }
                });
        return all.getLast();
    }

    private static JsonNode kept(Node node) {
        return node.run("node", "kept", "--format", "json").succeeded().events().getFirst();
    }

    private static void goesOnAt(Node node) {
        for (int change = 0; change < 3; change++) {
            String before = node.textOf(CONTAINER, "report");
            await().until(() -> !node.textOf(CONTAINER, "report").equals(before));
        }
    }

    @Test
    void thereAndBackAndThereAgainGoesWhatHasChanged() {
        start("--mib", "64");
        assertThat(moved(a, b).path("pages").path("kept").asLong()).isZero();
        JsonNode atA = kept(a);
        assertThat(atA.path("kept")).singleElement().satisfies(entry -> {
            assertThat(entry.path("container").asText()).isEqualTo(CONTAINER);
            assertThat(entry.path("bytes").asLong()).isBetween(PAGES << 12, 80L << 20);
        });
        assertThat(atA.path("bytes").asLong())
                .isEqualTo(atA.path("kept").get(0).path("bytes").asLong());
        assertThat(kept(b).path("kept")).isEmpty();

        wentByWhatHasChanged(moved(b, a, "--verify-memory"));
        isForgottenAt(a);

        wentByWhatHasChanged(moved(a, b, "--verify-memory"));
        isForgottenAt(b);
    }

    /** It is back, and nobody waits for that to be noted. */
    private static void isForgottenAt(Node node) {
        await().untilAsserted(() -> assertThat(kept(node).path("kept")).isEmpty());
    }

    private static void wentByWhatHasChanged(JsonNode report) {
        assertThat(report.path("pages").path("kept").asLong()).isGreaterThan(PAGES * 9 / 10);
        assertThat(report.path("bytes").path("memory").asLong()).isLessThan(PAGES << 12 >> 3);
    }

    @Test
    void whatChangesAllTheTimeComesBackAsItIs() {
        start("--mib", "32", "--dirty", "4");
        moved(a, b);
        moved(b, a, "--verify-memory");
    }

    @Test
    void whatIsDamagedIsSentTheNextTimeAndNothingIsKeptUnlessItMay() throws IOException {
        start("--mib", "64");
        moved(a, b);
        damage(store(a));

        Said failed = move(b, a).ended(5);

        assertThat(failed.err()).contains("it runs at the source", "is damaged; it was removed");
        goesOnAt(b);
        assertThat(kept(a).path("kept")).isEmpty();
        assertThat(moved(b, a, "--keep-nothing").path("pages").path("kept").asLong())
                .isZero();
        assertThat(kept(b).path("kept")).isEmpty();
    }

    private static void damage(Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            Path pages = files.filter(file -> file.toString().endsWith(".pages"))
                    .findFirst()
                    .orElseThrow();
            Files.write(pages, new byte[32 << 20], StandardOpenOption.WRITE);
        }
    }
}
