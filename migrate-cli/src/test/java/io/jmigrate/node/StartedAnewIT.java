package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
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
    private static final String ONCE = "start\n";
    private static final String TWICE = "start\ntold\nstart\n";
    private static final String SCRIPT = "echo start >> /notes; trap 'echo told >> /notes; exit 0' TERM;"
            + " /bin/holder io_uring & while :; do usleep 20000; done";

    private static Stage stage;
    private static Path bundle;
    private static Node a;
    private static Node b;

    private final String id = "r" + UUID.randomUUID().toString().substring(0, 8);
    private Link link;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        bundle = stage.path("bundle");
        Programs.makeBundle("busybox", bundle.toString(), "--", "/bin/sh", "-c", SCRIPT);
        Path holder = stage.path("holder");
        Programs.makeBundle("holder", holder.toString());
        Programs.run("cp", holder + "/rootfs/bin/holder", bundle + "/rootfs/bin/holder");
        a = stage.node("a");
        b = stage.node("b").serve("--insecure");
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void start() {
        Programs.run("rm", "-f", bundle + "/rootfs/notes");
        link = stage.linkTo(b);
        a.run("run", "--detach", "--bundle", bundle.toString(), id).succeeded();
        runsOnlyAt(a, b, ONCE);
    }

    @AfterEach
    void remove() {
        link.close();
        for (Node node : new Node[] {a, b}) {
            if (Files.exists(node.root().resolve(id))) {
                node.run("delete", "--force", id).succeeded();
            }
        }
    }

    private Started restart() {
        return a.start("migrate", id, "--to", link.address(), "--insecure", "--mode", "restart", "--progress", "json");
    }

    private Started restartUntil(Hold hold) {
        Started migration = restart();
        hold.awaitReached(migration);
        return migration;
    }

    /** By what it has noted in its own files, and what is left at the other node. */
    private void runsOnlyAt(Node here, Node other, String notes) {
        await().untilAsserted(() -> assertThat(here.textOf(id, "notes")).isEqualTo(notes));
        await().untilAsserted(() -> assertThat(other.remainsOf(id)).isEmpty());
        await().untilAsserted(() -> assertThat(here.remainsOfMigrations()).isEmpty());
    }

    @Test
    void startsAnewAtTheOtherNodeIfThatIsAskedFor() {
        assertThat(a.run("migrate", id, "--to", link.address(), "--insecure")
                        .ended(REFUSED)
                        .err())
                .contains("it runs at the source", "io_uring", "--mode restart");

        JsonNode last = restart().ended().succeeded().events().getLast();

        assertThat(last.path("event").asText()).isEqualTo("finished");
        assertThat(last.path("stop_ms").asDouble()).isPositive();
        assertThat(last.path("memory_bytes").asLong() + last.path("image_bytes").asLong())
                .isZero();
        runsOnlyAt(b, a, TWICE);
    }

    @Test
    void startsAgainWhereItWasIfTheLinkIsCutBeforeTheCommit() {
        Hold hold = link.hold(Message.HELD);
        Started migration = restartUntil(hold);
        assertThat(a.textOf(id, "notes")).isEmpty();

        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it was started again at the source");
        runsOnlyAt(a, b, TWICE);
    }

    @Test
    void isStartedAgainByRecoveryIfTheCommandIsKilledBeforeTheCommit() {
        Hold hold = link.hold(Message.HELD);
        Started migration = restartUntil(hold);

        migration.kill(Victim.ALL);
        hold.lose();

        assertThat(a.recover().succeeded().out()).contains(id + ": it was started again at the source");
        runsOnlyAt(a, b, TWICE);
    }

    @Test
    void runsAtTheOtherNodeIfTheCommandIsKilledAfterTheCommit() {
        Hold hold = link.hold(Message.RUNNING);
        Started migration = restartUntil(hold);

        migration.kill(Victim.ALL);
        hold.lose();

        assertThat(a.recover().succeeded().out()).contains(id + ": it runs at the destination");
        runsOnlyAt(b, a, TWICE);
    }
}
