package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.OddFiles;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Containers that move from node A to node B, whose service lets anybody in and is the same for all tests, without any fault. */
class MovedContainerIT {
    private static Stage stage;
    private static Node a;
    private static Node b;

    private Counter counter;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure", "--allow-mount", stage.path("").toString());
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void start(TestInfo test) {
        Path bundle = stage.path(test.getTestMethod().orElseThrow().getName());
        counter = Counter.startedOn(a, Counter.bundle(bundle));
    }

    @AfterEach
    void remove() {
        if (counter != null) {
            counter.deleteFrom(a, b);
        }
    }

    @Test
    void goesOnWhereItWasAndLeavesNothingBehindWithItsFilesCopied() {
        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure")
                .succeeded();

        assertThat(said.err()).doesNotContain("too late");
        counter.runsOnlyOn(b, a);
        assertThat(b.arrived(counter.id()).resolve("rootfs/count")).exists();
    }

    @Test
    void goesOnWhereItWasOnSharedStorage() {
        a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--rootfs", "shared")
                .succeeded();

        counter.runsOnlyOn(b, a);
        assertThat(b.arrived(counter.id()).resolve("rootfs")).isEmptyDirectory();
    }

    /** The window is narrower than the rows: a line that goes on in the next one can't be drawn anew. There may be a note below the row. */
    @Test
    void drawsARowAnewAtATerminal() {
        Programs.requireInstalled("script");
        String[] migrate = {"migrate", counter.id(), "--to", b.address(), "--insecure", "--rootfs", "shared"};

        String shown = a.runAtTerminal(60, migrate).succeeded().out();

        String[] drawings = shown.split("\033\\[[23]A\r\033\\[J", -1);
        assertThat(drawings).hasSizeGreaterThan(3);
        assertThat(List.of(drawings).subList(0, drawings.length - 1)).allSatisfy(each -> assertThat(
                        each.replaceAll("\033\\[[0-9]*m", "").split("\r\n"))
                .hasSizeBetween(2, 3)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(60))
                .satisfies(lines -> assertThat(lines[0]).startsWith("CONTAINER"))
                .satisfies(lines -> assertThat(lines[1]).startsWith(counter.id())));
        assertThat(drawings[drawings.length - 1])
                .as("what stays")
                .contains(counter.id())
                .doesNotContain("CONTAINER");
        counter.runsOnlyOn(b, a);
    }

    @Test
    void saysWhatItWouldTakeAndTouchesNothing() {
        JsonNode estimate = a.run(
                        "estimate",
                        counter.id(),
                        "--to",
                        b.address(),
                        "--insecure",
                        "--connections",
                        "20",
                        "--format",
                        "json")
                .succeeded()
                .events()
                .getFirst();

        assertThat(estimate.get("bandwidth").asLong()).isPositive();
        assertThat(estimate.get("memory_bytes").asLong()).isPositive();
        assertThat(estimate.get("downtime_ms").asLong())
                .isGreaterThanOrEqualTo(estimate.get("fixed_ms").asLong());
        assertThat(b.arrived(counter.id())).doesNotExist();
        counter.runsOnlyOn(a, b);
    }

    @Test
    void staysWhereItWouldStandStillForLongerThanAskedFor() {
        Said said = a.run(
                        "migrate",
                        counter.id(),
                        "--to",
                        b.address(),
                        "--insecure",
                        "--max-downtime",
                        "1ms",
                        "--on-stall",
                        "abort")
                .ended(5);

        assertThat(said.err()).contains("longer than 1 ms", "it runs at the source");
        counter.runsOnlyOn(a, b);
    }

    @Test
    void bringsItsFilesAsTheyAre() {
        Node c = stage.node("c").serve("--insecure", "--allow-devices");
        OddFiles.makeIn(counter.rootfs());

        a.run("migrate", counter.id(), "--to", c.address(), "--insecure").succeeded();

        counter.runsOnlyOn(c, a);
        OddFiles.areAllIn(c.arrived(counter.id()).resolve("rootfs"));
    }

    @Test
    void bringsNoDeviceOfTheHostUnlessTheDestinationLetsItIn() {
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
        Said said = a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--dry-run")
                .succeeded();

        assertThat(said.out()).contains("source", "processor", "disk", "passed").doesNotContain("blocker");
        assertThat(a.run("migration", "list", "--format", "json").succeeded().out())
                .startsWith("[")
                .doesNotContain(counter.id());
        counter.runsOnlyOn(a, b);
    }

    @Test
    void comparesItsMemoryIfThatTrackerIsAskedFor() {
        Said dry = a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--tracker", "hash", "--dry-run")
                .succeeded();
        JsonNode finished = a.run(
                        "migrate",
                        counter.id(),
                        "--to",
                        b.address(),
                        "--insecure",
                        "--tracker",
                        "hash",
                        "--progress",
                        "json")
                .succeeded()
                .events()
                .getLast();

        assertThat(dry.out()).containsPattern("source +tracker +passed +hash: .*, as asked for");
        assertThat(finished.path("tracker").asText()).isEqualTo("hash");
        counter.runsOnlyOn(b, a);
    }

    @Test
    void tellsItsProgressInJson() {
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

    @Test
    void keepsItsReportAtBothEnds() {
        JsonNode finished = a.run("migrate", counter.id(), "--to", b.address(), "--insecure", "--progress", "json")
                .succeeded()
                .events()
                .getLast();
        String migration = finished.path("migration").asText();

        JsonNode left = reportOf(a, migration);
        assertThat(left.path("total_ms")).isEqualTo(finished.path("total_ms"));
        assertThat(left.path("downtime").path("total_ms")).isEqualTo(finished.path("downtime_ms"));
        assertThat(left.path("bytes").path("total")).isEqualTo(finished.path("bytes"));
        assertThat(left.path("tracker").asText()).isIn("uffd", "hash");
        assertThat(left.path("rounds").get(0).path("written_bytes").asLong()).isPositive();
        assertThat(left.path("steps").findValuesAsText("step"))
                .containsExactly(
                        "preflight",
                        "pre-copy",
                        "prepare",
                        "freeze",
                        "dump",
                        "last-memory",
                        "transfer",
                        "restore",
                        "resume",
                        "clean-up");
        await().until(() -> b.arrivalOf(counter.id()).equals("completed"));
        JsonNode came = reportOf(b, migration);
        assertThat(came.path("bytes")).isEqualTo(left.path("bytes"));
        assertThat(came.path("steps").findValuesAsText("step"))
                .containsExactly("receive", "restore", "hold", "resume", "fill", "clean-up");
        assertThat(a.run("migration", "show", migration).succeeded().out()).contains("downtime    ", "round 1     ");
    }

    private static JsonNode reportOf(Node node, String migration) {
        JsonNode all = node.run("migration", "list", "--format", "json")
                .succeeded()
                .events()
                .getFirst();
        for (JsonNode entry : all) {
            if (entry.path("migration").asText().equals(migration)) {
                return entry.path("report");
            }
        }
        throw new AssertionError(migration + " is not in " + all);
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
        assertThat(sum(finished, "freeze_ms", "dump_ms", "transfer_ms", "restore_ms", "resume_ms"))
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
