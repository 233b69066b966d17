package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.RedisClient;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A redis that is no root, in a user namespace whose ids are other ids on the host, with a client on its one TCP connection. */
class UserNamespaceConnectionIT {
    private static final String ADDRESS = "10.88.0.5";
    private static final int KEYS = 1000;

    private Stage stage;
    private Node a;
    private Node b;
    private RedisClient client;

    @BeforeEach
    void startRedisAndItsClient() throws IOException {
        Programs.requireInstalled("redis-server");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        // the container's root is nobody special here, and has to reach its files
        Files.setPosixFilePermissions(stage.path(""), PosixFilePermissions.fromString("rwx--x--x"));
        a = stage.node("a").serve("--insecure");
        b = stage.node("b").serve("--insecure");
        String bundle = stage.path("bundle").toString();
        Programs.makeBundle("redis", bundle, "--address", ADDRESS + "/24", "--first-id", "100000", "--uid", "1000");
        a.run("run", "--detach", "--bundle", bundle, "redis").succeeded();
        client = stage.redisClient(ADDRESS, KEYS);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void isNotNoticedByItsClientWhenItMovesThereAndBack() {
        a.run("migrate", "redis", "--to", b.address(), "--insecure").succeeded();
        client.settle();
        b.run("migrate", "redis", "--to", a.address(), "--insecure").succeeded();

        assertNothingIsLost();
        assertThat(b.remainsOf("redis")).isEmpty();
    }

    @Test
    void keepsItsConnectionWhenTheMigrationIsAborted() {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.HELD);
        Started migration = a.start("migrate", "redis", "--to", link.address(), "--insecure");
        hold.awaitReached(migration);

        link.cut();

        assertThat(migration.ended().ended(5).err()).contains("it runs at the source");
        assertNothingIsLost();
    }

    private void assertNothingIsLost() {
        client.settle();
        assertThat(client.keysLost()).as("keys lost").isZero();
        JsonNode end = client.end();
        assertThat(end.path("client_errors").asInt()).as("errors").isZero();
        assertThat(end.path("connections").asInt()).as("connections").isOne();
    }
}
