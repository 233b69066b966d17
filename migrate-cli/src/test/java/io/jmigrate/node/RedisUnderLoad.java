package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.RedisClient;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;

/**
 * A redis on node A of a network of nodes, and a client in a network namespace of its own that talks to it over one TCP connection
 * all the time.
 */
abstract class RedisUnderLoad {
    /** Exit code (docs/exit-codes.md). */
    static final int ABORTED = 5;

    /** ip(8) looks for the other end's name among those of namespaces, which other tests remove meanwhile. */
    private static final String NAMESPACE_GONE = "(?m)^Error: Peer netns reference is invalid\\.\\R";

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
        addRoutes(Path.of(bundle, "config.json"));
        a.run("run", "--detach", "--bundle", bundle, "redis").succeeded();
        client = stage.redisClient(ADDRESS, KEYS);
    }

    /** More than make-bundle asks for: a second address, routes of both versions and an MTU. */
    private static void addRoutes(Path file) {
        ObjectMapper json = new ObjectMapper();
        try {
            ObjectNode config = (ObjectNode) json.readTree(file.toFile());
            ObjectNode annotations = (ObjectNode) config.get("annotations");
            ObjectNode network = (ObjectNode)
                    json.readTree(annotations.get("io.jmigrate.network").textValue());
            ObjectNode eth0 = (ObjectNode) network.get("interfaces").get(0);
            eth0.put("mtu", 1400).withArray("address").add("fd00:88::5/64");
            network.withArray("routes")
                    .addObject()
                    .put("destination", "10.99.0.0/16")
                    .put("via", "10.88.0.2");
            network.withArray("routes")
                    .addObject()
                    .put("destination", "default")
                    .put("via", "fd00:88::1");
            Files.writeString(
                    file,
                    config.set("annotations", annotations.put("io.jmigrate.network", network.toString()))
                            .toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As ip(8) shows them in the container's network namespace. */
    static String networkOn(Node node) {
        String enter = "--net=" + node.root().resolve("redis/netns");
        return Programs.run("nsenter", enter, "ip", "-oneline", "address", "show", "dev", "eth0", "scope", "global")
                        .replaceAll("(?m)^\\d+: ", "")
                + Programs.run("nsenter", enter, "ip", "link", "show", "dev", "eth0")
                        .replaceAll(NAMESPACE_GONE, "")
                        .replaceAll(".*(mtu \\d+).*\\R.*", "$1\n")
                + Programs.run("nsenter", enter, "ip", "route")
                + Programs.run("nsenter", enter, "ip", "-6", "route");
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
