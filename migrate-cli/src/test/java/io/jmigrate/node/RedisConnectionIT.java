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
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A redis that a client talks to over one TCP connection, all the time, on a network of two nodes. */
class RedisConnectionIT {
    private static final String ADDRESS = "10.88.0.5";
    private static final int KEYS = 5000;

    private Stage stage;
    private Node a;
    private Node b;
    private RedisClient client;

    @BeforeEach
    void startRedisAndItsClient() {
        Programs.requireInstalled("redis-server");
        Programs.requireInstalled("python3");
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a").serve("--insecure");
        b = stage.node("b").serve("--insecure");
        String bundle = stage.path("bundle").toString();
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

    private void assertNothingIsLost() {
        client.settle();
        assertThat(client.keysLost()).as("keys lost").isZero();
        JsonNode end = client.end();
        assertThat(end.path("client_errors").asInt()).as("errors").isZero();
        assertThat(end.path("counter_gaps").asInt()).as("gaps").isZero();
        assertThat(end.path("connections").asInt()).as("connections").isOne();
    }

    @Test
    void isNotNoticedByItsClientWhenItMovesThereAndBack() {
        a.run("migrate", "redis", "--to", b.address(), "--insecure").succeeded();
        client.settle();
        assertThat(a.remainsOf("redis")).isEmpty();

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

    @ParameterizedTest
    @EnumSource(
            value = Victim.class,
            names = {"JAVA", "ALL"})
    void keepsItsConnectionWhenTheMigrationIsKilledAndRecovered(Victim victim) {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.HELD);
        Started migration = a.start("migrate", "redis", "--to", link.address(), "--insecure");
        hold.awaitReached(migration);

        migration.kill(victim);
        link.cut();
        a.recover().succeeded();

        assertNothingIsLost();
    }

    @Test
    void keepsItsConnectionWhenItIsGivenBackAfterTheCommit() {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.GO);
        Started migration = a.start("migrate", "redis", "--to", link.address(), "--insecure");
        hold.awaitReached(migration);

        hold.lose();

        assertThat(migration.ended().ended(5).err()).contains("it runs at the source");
        assertNothingIsLost();
    }
}
