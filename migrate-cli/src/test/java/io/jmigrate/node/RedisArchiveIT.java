package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.RedisClient;
import io.jmigrate.node.fixture.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A redis that goes through an archive while a client in a network namespace of its own talks to it over one TCP connection. The
 * client keeps sending all the time: between checkpoint and restore nothing answers it.
 */
class RedisArchiveIT {
    private static final String ADDRESS = "10.88.0.5";
    private static final int KEYS = 5000;

    private Stage stage;
    private Node a;
    private String bundle;
    private Path archive;
    private RedisClient client;

    @BeforeEach
    void startRedisAndItsClient() {
        Programs.requireInstalled("redis-server");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
        archive = stage.path("redis.tar.zst");
        bundle = stage.path("bundle").toString();
        Programs.makeBundle("redis", bundle, "--address", ADDRESS + "/24");
        a.run("run", "--detach", "--bundle", bundle, "redis").succeeded();
        client = stage.redisClient(ADDRESS, KEYS);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private void export() {
        a.run("checkpoint", "--tcp-established", "--export", archive.toString(), "redis")
                .succeeded();
        assertThat(archive).isRegularFile();
        assertThat(a.remainsOf("redis")).isEmpty();
    }

    private void importOn(Node node) {
        node.run(
                        "restore",
                        "--detach",
                        "--tcp-established",
                        "--import",
                        archive.toString(),
                        "--bundle",
                        bundle,
                        "redis")
                .succeeded();
    }

    private void assertNothingIsLost() {
        client.settle();
        assertThat(client.keysLost()).as("keys lost").isZero();
        JsonNode end = client.end();
        assertThat(end.path("client_errors").asInt()).as("errors").isZero();
        assertThat(end.path("counter_gaps").asInt()).as("gaps").isZero();
        assertThat(end.path("connections").asInt()).as("connections").isOne();
    }

    @Test
    void keepsItsConnectionAndItsKeysThroughAnArchive() {
        export();
        importOn(a);
        assertNothingIsLost();
    }

    @Test
    void keepsThemThroughASecondArchiveOfTheRestoredContainer() throws IOException {
        export();
        importOn(a);
        client.settle();
        Files.delete(archive);
        export();
        importOn(a);
        assertNothingIsLost();
    }

    @Test
    void keepsThemWhenItIsRestoredOnAnotherNode() {
        export();
        importOn(stage.node("b"));
        assertNothingIsLost();
    }
}
