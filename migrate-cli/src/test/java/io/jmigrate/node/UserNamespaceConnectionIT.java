package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.RedisClient;
import io.jmigrate.node.fixture.Stage;
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

    @BeforeEach
    void open() throws IOException {
        Programs.requireInstalled("redis-server");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        // the container's root is nobody special here, and has to reach its files
        Files.setPosixFilePermissions(stage.path(""), PosixFilePermissions.fromString("rwx--x--x"));
        a = stage.node("a").serve("--insecure");
        b = stage.node("b").serve("--insecure");
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void isNotNoticedByItsClientWhenItMovesThereAndBack() {
        String bundle = stage.path("bundle").toString();
        Programs.makeBundle("redis", bundle, "--address", ADDRESS + "/24", "--first-id", "100000", "--uid", "1000");
        a.run("run", "--detach", "--bundle", bundle, "redis").succeeded();
        RedisClient client = stage.redisClient(ADDRESS, KEYS);

        a.run("migrate", "redis", "--to", b.address(), "--insecure").succeeded();
        client.settle();
        b.run("migrate", "redis", "--to", a.address(), "--insecure").succeeded();
        client.settle();

        assertThat(client.keysLost()).as("keys lost").isZero();
        JsonNode end = client.end();
        assertThat(end.path("client_errors").asInt()).as("errors").isZero();
        assertThat(end.path("connections").asInt()).as("connections").isOne();
        assertThat(b.remainsOf("redis")).isEmpty();
    }
}
