package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Said;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * A counter that runs on node A and is about to migrate to node B, over a link on which something will go wrong. Both nodes see the
 * counter's files at the same place: if two copies ran at any time, both would have written their numbers there.
 */
abstract class FaultyCrossing {
    /** Exit codes (docs/exit-codes.md). */
    static final int ABORTED = 5;

    static final int IN_DOUBT = 6;

    /** While a message is held the test does what takes a while on a busy machine. */
    private static final String PATIENCE = "60s";

    private static Stage stage;
    private static Path bundle;
    static Node a;
    static Node b;

    Link link;
    Counter counter;

    @BeforeAll
    static void openStage() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
        bundle = Counter.bundle(stage.path("bundle"));
        serve();
    }

    @AfterAll
    static void closeStage() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void startTheCounter() {
        if (!b.service().isRunning()) { // an earlier test has failed
            serve();
        }
        link = stage.linkTo(b);
        counter = Counter.startedOn(a, bundle);
    }

    @AfterEach
    void removeTheCounter() {
        link.close();
        counter.deleteFrom(a, b);
    }

    /** Starts the node service of B. */
    static void serve() {
        b.serve(
                "--insecure",
                "--patience",
                PATIENCE,
                "--allow-mount",
                stage.path("").toString());
    }

    /**
     * The migration ends by itself, with the container at the source, or has given up asking and leaves it to recovery: that depends on
     * how long the other end took to come back.
     */
    void comesBackToTheSource(Started migration) {
        Said said = migration.ended();
        if (said.status() == IN_DOUBT) {
            assertThat(said.err()).contains("it is frozen at the source", "jmigrate migration recover");
            assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the source");
        } else {
            assertThat(said.ended(ABORTED).err())
                    .contains("the destination never ran it and gave it back", "it runs at the source");
        }
        counter.runsOnlyOn(a, b);
    }

    /** As above, with the container at the destination. */
    void arrivesAtTheDestination(Started migration) {
        Said said = migration.ended();
        if (said.status() == IN_DOUBT) {
            assertThat(said.err()).contains("it is frozen at the source", "jmigrate migration recover");
            assertThat(a.recover().succeeded().out()).contains(counter.id() + ": it runs at the destination");
        } else {
            said.succeeded();
        }
        counter.runsOnlyOn(b, a);
    }

    /** Migrates the counter, and returns when what is to be held has come to the link. */
    Started migrateUntil(Hold hold) {
        return migrateUntil(hold, PATIENCE);
    }

    /** The same with a patience of its own. */
    Started migrateUntil(Hold hold, String patience) {
        Started migration = counter.migrateFrom(a, link, patience);
        hold.awaitReached(migration);
        return migration;
    }

    Started migrate() {
        return counter.migrateFrom(a, link, PATIENCE);
    }
}
