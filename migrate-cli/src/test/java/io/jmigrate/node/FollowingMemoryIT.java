package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers whose programs check their memory run at the other node before all of it is there, whatever happens meanwhile. */
@Timeout(120)
class FollowingMemoryIT {
    private static final String CONTAINER = "followed";
    private static final int IN_DOUBT = 6;

    private static Stage stage;
    private static Node a;
    private static Node b;

    private Link link;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
        serve();
    }

    private static void serve() {
        b.serve("--insecure");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void connect() {
        if (!b.service().isRunning()) { // an earlier test has failed
            serve();
        }
        link = stage.linkTo(b);
    }

    @AfterEach
    void remove() {
        link.close();
        for (Node node : new Node[] {a, b}) {
            if (Files.exists(node.root().resolve(CONTAINER))) {
                node.run("delete", "--force", CONTAINER).succeeded();
            }
        }
    }

    private static void start(int mib, int dirty) {
        Path bundle = stage.path("memory-" + mib);
        if (!Files.exists(bundle)) {
            Programs.makeBundle("memory", bundle.toString(), "--mib", "" + mib, "--dirty", "" + dirty);
        }
        a.run("run", "--detach", "--bundle", bundle.toString(), CONTAINER).succeeded();
        goesOnAt(a);
    }

    private Started migrate(String... mode) {
        String[] words = {"migrate", CONTAINER, "--to", link.address(), "--insecure", "--progress", "json"};
        return a.start(Stream.of(words, mode).flatMap(Arrays::stream).toArray(String[]::new));
    }

    @Test
    void allMemoryFollowsAContainerWhoseProgramWaitsForIt() {
        start(64, 0);

        List<JsonNode> events =
                migrate("--mode", "post-copy").ended().succeeded().events();

        goesOnAt(b);
        isAtTheDestinationAlone();
        assertThat(events.getLast().path("memory_bytes").asLong()).isGreaterThan(50L << 20);
        JsonNode report = reportOf(b);
        assertThat(report.path("steps").findValuesAsText("step")).contains("follow");
        JsonNode waits = report.path("faults");
        assertThat(waits.path("count").asInt()).isPositive();
        assertThat(waits.path("max_ms").asDouble())
                .isGreaterThanOrEqualTo(waits.path("median_ms").asDouble())
                .isPositive();
        assertThat(events.getLast().path("faults")).isEqualTo(waits);
        String migration = events.getLast().path("migration").asText();
        assertThat(a.run("migration", "show", migration).succeeded().out()).contains("for memory that followed");
    }

    @Test
    void whatIsLeftFollowsAContainerThatWritesTooFast() {
        start(48, 40);

        List<JsonNode> events = migrate("--max-downtime", "1ms", "--on-stall", "hybrid")
                .ended()
                .succeeded()
                .events();

        goesOnAt(b);
        isAtTheDestinationAlone();
        assertThat(events.stream().map(event -> event.path("phase").asText())).contains("following");
        assertThat(events.stream().filter(event -> event.path("event").asText().equals("round")))
                .isNotEmpty();
    }

    @Test
    void goesOnWhenTheLinkIsHealedAndTheSourceIsToldSo() {
        start(64, 0);
        Hold hold = link.hold(Message.KEPT);
        Started migration = migrate("--mode", "post-copy");
        hold.awaitReached(migration);

        link.cut();

        Said said = migration.ended().ended(IN_DOUBT);
        assertThat(said.err()).contains("it waits at the destination", "jmigrate migration recover");
        await().until(() -> b.stateOf(CONTAINER).equals("paused"));
        assertThat(a.run("migration", "list").succeeded().out()).containsPattern("source +divided +open");
        assertThat(a.recover().ended(IN_DOUBT).out()).contains("memory of it is still at the source");

        link.heal();

        assertThat(a.recover().succeeded().out()).contains(CONTAINER + ": it runs at the destination");
        goesOnAt(b);
        isAtTheDestinationAlone();
    }

    @Test
    void doesNotGoOnWithTheMemoryOfACopyThatSomebodyHasSetGoing() {
        start(64, 0);
        Hold hold = link.hold(Message.KEPT);
        Started migration = migrate("--mode", "post-copy");
        hold.awaitReached(migration);
        link.cut();
        migration.ended().ended(IN_DOUBT);
        assertThat(a.run("resume", CONTAINER).ended(IN_DOUBT).err()).contains("it may run at the destination");

        a.cgroupOf(CONTAINER).orElseThrow().thaw();
        link.heal();

        for (int times = 0; times < 2; times++) {
            assertThat(a.recover().ended(IN_DOUBT).out()).contains("its copy here was set going meanwhile");
            assertThat(a.stateOf(CONTAINER)).isEqualTo("paused");
        }
        assertThat(b.stateOf(CONTAINER)).isEqualTo("paused");
        a.run("delete", "--force", CONTAINER).succeeded();
        assertThat(a.recover().succeeded().out()).contains(CONTAINER);
    }

    /** By its heir, unless that was killed, too. */
    @ParameterizedTest
    @EnumSource(names = {"JAVA", "ALL"})
    void goesOnAfterTheCommandAtTheSourceWasKilled(Victim victim) {
        start(64, 0);
        Hold hold = link.hold(Message.KEPT);
        Started migration = migrate("--mode", "post-copy");
        hold.awaitReached(migration);

        migration.kill(victim);
        hold.lose();

        if (victim == Victim.ALL) {
            await().until(() -> b.stateOf(CONTAINER).equals("paused"));
            assertThat(a.recover().succeeded().out()).contains(CONTAINER + ": it runs at the destination");
        } else {
            String told = "the migration of container \"" + CONTAINER + "\" was killed: it runs at the destination";
            await().untilAsserted(() -> assertThat(migration.err()).contains(told));
        }
        goesOnAt(b);
        isAtTheDestinationAlone();
    }

    @Test
    void goesOnWithAnotherServiceAtTheDestination() {
        start(64, 0);
        Hold hold = link.hold(Message.KEPT);
        Started migration = migrate("--mode", "post-copy");
        hold.awaitReached(migration);

        b.service().kill(Victim.ALL);
        hold.lose();
        migration.ended().ended(IN_DOUBT);
        serve();

        assertThat(b.recover().ended(IN_DOUBT).out()).contains("lacks memory until its source is told");
        assertThat(a.recover().succeeded().out()).contains(CONTAINER + ": it runs at the destination");
        goesOnAt(b);
        isAtTheDestinationAlone();
    }

    private static void isAtTheDestinationAlone() {
        await().untilAsserted(() -> assertThat(a.remainsOf(CONTAINER)).isEmpty());
        await().untilAsserted(() -> assertThat(b.remainsOfMigrations()).isEmpty());
    }

    private static JsonNode reportOf(Node node) {
        await().until(() -> List.of("running", "completed").contains(node.arrivalOf(CONTAINER)));
        JsonNode all = node.run("migration", "list", "--format", "json")
                .succeeded()
                .events()
                .getFirst();
        return all.get(all.size() - 1).path("report");
    }

    /** A program that ends when it finds its memory damaged reports on, after all of it has been checked once more. */
    private static void goesOnAt(Node node) {
        for (int change = 0; change < 3; change++) {
            String before = node.textOf(CONTAINER, "report");
            await().until(() -> !node.textOf(CONTAINER, "report").equals(before));
        }
    }
}
