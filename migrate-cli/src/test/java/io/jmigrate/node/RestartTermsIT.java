package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Noting;
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
import org.junit.jupiter.api.Timeout;

/** A container starts anew on a host without CRIU, with files that both have, though it does not heed its signal, and never twice. */
@Timeout(120)
class RestartTermsIT {
    private static final int IN_DOUBT = 6;

    private static Stage stage;
    private static Path bundle;
    private static Node a;
    private static Node b;

    private Noting container;

    @BeforeAll
    static void open() {
        stage = Stage.open();
        bundle = Noting.bundle(stage.path("bundle"));
        a = stage.nodeWithoutCriu("a");
        b = stage.nodeWithoutCriu("b");
        serve();
    }

    private static void serve() {
        b.serve("--insecure", "--allow-spec", "hooks", "--allow-mount", bundle.toString());
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @BeforeEach
    void start() {
        container = Noting.startedOn(a, bundle);
    }

    @AfterEach
    void remove() {
        container.deleteFrom(a, b);
    }

    private Started restart(String... options) {
        List<String> words = new ArrayList<>(List.of("migrate", container.id(), "--to", b.address(), "--insecure"));
        words.addAll(List.of("--mode", "restart", "--progress", "json"));
        words.addAll(List.of(options));
        return a.start(words.toArray(String[]::new));
    }

    @Test
    void usesFilesThatBothNodesHave() {
        assertThat(b.service().err()).contains("only containers that start anew (--mode restart) can come");
        JsonNode last =
                restart("--rootfs", "shared").ended().succeeded().events().getLast();

        assertThat(last.path("event").asText()).isEqualTo("finished");
        assertThat(last.path("rootfs_bytes").asLong()).isZero();
        container.runsOnlyAt(b, a, Noting.TWICE);
        assertThat(bundle.resolve("rootfs/notes")).hasContent(Noting.TWICE);
    }

    @Test
    void isKilledIfItDoesNotEndInTime() {
        container.turnDeaf();

        JsonNode last =
                restart("--stop-timeout", "200ms").ended().succeeded().events().getLast();

        assertThat(last.path("stop_ms").asDouble()).isGreaterThan(200);
        container.runsOnlyAt(b, a, Noting.TWICE);
    }

    /** Who starts it is killed, and its user deletes it, before anybody has seen whether its program runs. */
    @Test
    void isNotStartedAgainAfterItMayHaveRunUntilItsUserSaysSo() {
        container.keepFromStarting();
        Started migration = restart();
        await().until(() -> b.arrivalOf(container.id()).equals("starting"));
        migration.kill(Victim.ALL);
        String id = migration.ended().events().getFirst().path("migration").asText();
        b.service().kill(Victim.ALL);
        b.run("delete", "--force", container.id()).succeeded();
        serve();

        assertThat(a.recover().ended(IN_DOUBT).out())
                .contains("it stays stopped at the source: it may have run at the destination");
        assertThat(b.arrivalOf(container.id())).isEqualTo("may-have-run");

        container.letStart();
        assertThat(a.run("migration", "recover", "--take-back", id).succeeded().out())
                .contains("it was started again at the source");
        await().until(() -> container.notesAt(a).equals(Noting.TWICE));
    }
}
