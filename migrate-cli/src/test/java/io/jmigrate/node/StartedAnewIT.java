package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Noting;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container with an io_uring, which CRIU can't dump, is ended at one node and started anew at the other, and notes each start and end. */
@Timeout(120)
class StartedAnewIT {
    private static final int REFUSED = 4;
    private static final int ABORTED = 5;
    private static Stage stage;
    private static Path bundle;
    private static Node a;
    private static Node b;

    private Noting container;
    private Link link;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        bundle = Noting.bundle(stage.path("bundle"));
        a = stage.node("a");
        b = stage.node("b").serve("--insecure", "--allow-spec", "hooks");
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
        container = Noting.startedOn(a, bundle);
    }

    @AfterEach
    void remove() {
        link.close();
        container.deleteFrom(a, b);
    }

    private Started restart() {
        return a.start(
                "migrate",
                container.id(),
                "--to",
                link.address(),
                "--insecure",
                "--mode",
                "restart",
                "--progress",
                "json");
    }

    private Started restartUntil(Hold hold) {
        Started migration = restart();
        hold.awaitReached(migration);
        return migration;
    }

    @Test
    void startsAnewAtTheOtherNodeIfThatIsAskedFor() {
        assertThat(a.run("migrate", container.id(), "--to", link.address(), "--insecure")
                        .ended(REFUSED)
                        .err())
                .contains("it is at the source as before", "io_uring", "--mode restart");

        JsonNode last = restart().ended().succeeded().events().getLast();

        assertThat(last.path("event").asText()).isEqualTo("finished");
        assertThat(last.path("stop_ms").asDouble()).isPositive();
        assertThat(last.path("memory_bytes").asLong() + last.path("image_bytes").asLong())
                .isZero();
        container.runsOnlyAt(b, a, Noting.TWICE);
    }

    @Test
    void startsAgainWhereItWasIfTheLinkIsCutBeforeTheCommit() {
        Hold hold = link.hold(Message.HELD);
        Started migration = restartUntil(hold);
        assertThat(container.notesAt(a)).isEmpty();

        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it was started again at the source");
        container.runsOnlyAt(a, b, Noting.TWICE);
    }

    @Test
    void isStartedAgainByRecoveryIfTheCommandIsKilledBeforeTheCommit() {
        Hold hold = link.hold(Message.HELD);
        Started migration = restartUntil(hold);

        migration.kill(Victim.ALL);
        hold.lose();

        assertThat(a.recover().succeeded().out()).contains(container.id() + ": it was started again at the source");
        container.runsOnlyAt(a, b, Noting.TWICE);
    }

    @Test
    void runsAtTheOtherNodeIfTheCommandIsKilledAfterTheCommit() {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = restartUntil(hold);

        migration.kill(Victim.ALL);
        hold.lose();

        assertThat(a.recover().succeeded().out()).contains(container.id() + ": it runs at the destination");
        container.runsOnlyAt(b, a, Noting.TWICE);
    }
}
