package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.OddFiles;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Containers that move between two node services, without any fault. */
class MovedContainerIT {
    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void goesOnWhereItWasAndLeavesNothingBehindWithItsFilesCopied() {
        b.serve("--insecure");
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure")
                .succeeded();

        assertThat(said.err()).doesNotContain("too late");
        counter.runsOnlyOn(b, a);
        assertThat(b.arrived(counter.id()).resolve("rootfs/count")).exists();
    }

    @Test
    void goesOnWhereItWasOnSharedStorage() {
        b.serve("--insecure", "--allow-mount", stage.path("").toString());
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--rootfs", "shared")
                .succeeded();

        counter.runsOnlyOn(b, a);
        assertThat(b.arrived(counter.id()).resolve("rootfs")).isEmptyDirectory();
    }

    @Test
    void movesThereAndBackBetweenPairedNodes() {
        pair();
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        a.run("migrate", counter.id(), "--to", b.address()).succeeded();
        b.run("migrate", counter.id(), "--to", a.address()).succeeded();

        counter.runsOnlyOn(a, b);
    }

    private void pair() {
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        a.serve();
        b.serve();
        String code = b.run("node", "pair", "--new-code").succeeded().out().strip();
        a.run("node", "pair", "--to", b.address(), "--code", code).succeeded();
    }

    @Test
    void staysWhereItIsIfTheNodesAreNotPaired() {
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        b.serve();
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        Said said = a.run("migrate", counter.id(), "--to", b.address()).ended(4);

        assertThat(said.err()).contains("not paired", "it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void bringsItsFilesAsTheyAre() {
        b.serve("--insecure", "--allow-devices");
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        OddFiles.makeIn(counter.rootfs());

        a.run("migrate", counter.id(), "--to", b.address(), "--insecure").succeeded();

        counter.runsOnlyOn(b, a);
        OddFiles.areAllIn(b.arrived(counter.id()).resolve("rootfs"));
    }

    @Test
    void bringsNoDeviceOfTheHostUnlessTheDestinationLetsItIn() {
        b.serve("--insecure");
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        OddFiles.makeIn(counter.rootfs());

        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure")
                .ended(5);

        assertThat(said.err())
                .contains(
                        "it runs at the source",
                        "the block device 7:0 at \"odd/loop\", which the destination does not let in");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void looksAtBothEndsWithoutTouchingAnythingInADryRun() {
        b.serve("--insecure");
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--dry-run")
                .succeeded();

        assertThat(said.out()).contains("source", "processor", "disk", "ok");
        assertThat(a.run("migration", "list", "--format", "json")
                        .succeeded()
                        .out()
                        .strip())
                .isEqualTo("[]");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void tellsItsProgressInJson() {
        b.serve("--insecure");
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));

        List<JsonNode> events = a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--progress", "json")
                .succeeded()
                .events();

        assertThat(events.getFirst().path("event").asText()).isEqualTo("started");
        assertThat(events.getFirst().path("container").asText()).isEqualTo(counter.id());
        assertThat(events.getFirst().path("peer").asText()).isEqualTo(b.address());
        assertThat(texts(events, "phase"))
                .containsExactly("preflight", "pre-copy", "frozen", "restoring", "held", "committed", "completed");
        assertThat(texts(events, "kind")).contains("rootfs", "memory");
        assertAddsUp(events.getLast());
    }

    private static List<String> texts(List<JsonNode> events, String field) {
        return events.stream()
                .filter(event -> event.has(field))
                .map(event -> event.path(field).asText())
                .toList();
    }

    private static void assertAddsUp(JsonNode finished) {
        assertThat(finished.path("event").asText()).isEqualTo("finished");
        assertThat(sum(finished, "memory_bytes", "image_bytes", "rootfs_bytes"))
                .isEqualTo(finished.path("bytes").asDouble());
        assertThat(sum(finished, "dump_ms", "transfer_ms", "restore_ms", "resume_ms"))
                .isCloseTo(finished.path("downtime_ms").asDouble(), within(0.01));
        assertThat(finished.path("total_ms").asDouble())
                .isGreaterThan(finished.path("downtime_ms").asDouble());
    }

    private static double sum(JsonNode event, String... fields) {
        return List.of(fields).stream()
                .peek(field ->
                        assertThat(event.path(field).asDouble()).as(field).isPositive())
                .collect(Collectors.summingDouble(field -> event.path(field).asDouble()));
    }
}
