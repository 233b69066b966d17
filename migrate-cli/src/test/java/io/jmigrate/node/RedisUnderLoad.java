package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.RedisClient;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/**
 * A redis on node A of a network of nodes, and a client in a network namespace of its own that talks to it over one TCP connection
 * all the time.
 */
abstract class RedisUnderLoad {
    /** Exit code (docs/exit-codes.md). */
    static final int ABORTED = 5;

    private static final String ADDRESS = "10.88.0.5";
    private static final int KEYS = 5000;

    Stage stage;
    Node a;
    String bundle;
    RedisClient client;

    void openStage() {
        Programs.requireInstalled("redis-server");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
    }

    /** @param options of make-bundle, besides the address */
    void startRedisAndItsClient(String... options) {
        bundle = stage.path("bundle").toString();
        String[] all = Stream.concat(Stream.of("--address", ADDRESS + "/24"), Stream.of(options))
                .toArray(String[]::new);
        Programs.makeBundle("redis", bundle, all);
        a.run("run", "--detach", "--bundle", bundle, "redis").succeeded();
        client = stage.redisClient(ADDRESS, KEYS);
    }

    @AfterEach
    void closeStage() {
        if (stage != null) {
            stage.close();
        }
    }

    /** Migrates redis over a link, and returns when what is to be held has come there. */
    Started migrateUntil(Hold hold, Link link) {
        Started migration = a.start("migrate", "redis", "--to", link.address(), "--insecure");
        hold.awaitReached(migration);
        return migration;
    }

    void assertNothingIsLost() {
        client.settle();
        assertThat(client.keysLost()).as("keys lost").isZero();
        JsonNode end = client.end();
        assertThat(end.path("client_errors").asInt()).as("errors").isZero();
        assertThat(end.path("counter_gaps").asInt()).as("gaps").isZero();
        assertThat(end.path("connections").asInt()).as("connections").isOne();
    }
}
