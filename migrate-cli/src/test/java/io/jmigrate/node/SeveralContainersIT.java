package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two counters on node A that one command moves to node B, in turn or as a group, over a link on which something may go wrong. */
class SeveralContainersIT {
    /** Exit code (docs/exit-codes.md). */
    private static final int ABORTED = 5;

    private static final String AT_SOURCE = ": it runs at the source";
    private static final String AT_DESTINATION = ": it runs at the destination";

    private static Stage stage;
    private static List<Path> bundles;
    private static Node a;
    private static Node b;

    private Link link;
    private final List<Counter> counters = new ArrayList<>();

    @BeforeAll
    static void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure", "--allow-mount", stage.path("").toString());
        bundles = List.of(Counter.bundle(stage.path("first")), Counter.bundle(stage.path("second")));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void start() {
        link = stage.linkTo(b);
        bundles.forEach(bundle -> counters.add(Counter.startedOn(a, bundle)));
    }

    @AfterEach
    void remove() {
        link.close();
        counters.forEach(counter -> counter.deleteFrom(a, b));
    }

    private Counter first() {
        return counters.getFirst();
    }

    private Counter second() {
        return counters.getLast();
    }

    private Started migrateTogether() {
        return a.start(
                "migrate",
                first().id(),
                second().id(),
                "--to",
                link.address(),
                "--insecure",
                "--rootfs",
                "shared",
                "--group",
                "--format",
                "json");
    }

    @Test
    void moveInTurnWithinOneLimitAndWhatFailsForOneDoesNotKeepTheOthers() {
        Said said = a.run(
                        "migrate",
                        first().id(),
                        "nobody",
                        second().id(),
                        "--to",
                        b.address(),
                        "--insecure",
                        "--bandwidth",
                        "400Mbit/s",
                        "--progress",
                        "json")
                .ended(1);

        assertThat(said.err()).contains("\"nobody\" does not exist");
        JsonNode last = said.events().getLast();
        assertThat(last.path("event").asText()).isEqualTo("outcomes");
        assertThat(last.path("containers").findValuesAsText("container"))
                .containsExactly(first().id(), "nobody", second().id());
        assertThat(last.path("containers").findValuesAsText("outcome")).containsExactly("moved", "failed", "moved");
        counters.forEach(counter -> counter.runsOnlyOn(b, a));
    }

    @Test
    void allStayWhereTheyAreIfOneCannotBeHeld() {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateTogether();
        hold.awaitReached(migration);

        hold.lose();

        Said said = migration.ended().ended(ABORTED);
        assertThat(said.events().getLast().path("containers").findValuesAsText("outcome"))
                .containsExactly("stayed", "stayed");
        counters.forEach(counter -> counter.runsOnlyOn(a, b));
    }

    @Test
    void allStayWhereTheyAreIfOneIsCancelled() {
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateTogether();
        hold.awaitReached(migration);

        Said cancelled = a.run("migration", "cancel", second().id()).succeeded();

        assertThat(cancelled.out()).startsWith(second().id() + ": it is at the source (");
        hold.lose();
        assertThat(migration.ended().ended(ABORTED).err())
                .contains(first().id(), second().id(), "the command migration cancel");
        counters.forEach(counter -> counter.runsOnlyOn(a, b));
    }

    /** The one whose word is lost goes with the other, or neither goes: whether the other one's was sent depends on who was faster. */
    @ParameterizedTest
    @EnumSource(names = {"GO", "RUNNING"})
    void areTogetherAfterRecoveryIfTheCommandIsKilledAfterTheirCommit(Message onItsWay) {
        Hold hold = link.hold(onItsWay);
        Started migration = migrateTogether();
        hold.awaitReached(migration);

        migration.kill(Victim.ALL);
        link.cut();
        link.heal();

        String said = a.recover().succeeded().out();
        String where = said.contains(AT_DESTINATION) ? AT_DESTINATION : AT_SOURCE;
        assertThat(said)
                .contains(first().id() + where)
                .doesNotContain(where.equals(AT_SOURCE) ? AT_DESTINATION : AT_SOURCE);
        if (onItsWay == Message.RUNNING) {
            assertThat(where).isEqualTo(AT_DESTINATION);
        }
        counters.forEach(
                counter -> counter.runsOnlyOn(where.equals(AT_SOURCE) ? a : b, where.equals(AT_SOURCE) ? b : a));
    }
}
