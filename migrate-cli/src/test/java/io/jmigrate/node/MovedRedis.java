package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Started;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What holds for every redis that moves between two nodes under its client. */
abstract class MovedRedis extends RedisUnderLoad {
    Node b;

    /** @param options of make-bundle, besides the address */
    void startBetweenTwoNodes(String... options) {
        a.serve("--insecure");
        b = stage.node("b").serve("--insecure");
        startRedisAndItsClient(options);
    }

    @Test
    void isNotNoticedByItsClientWhenItMovesThereAndBack() {
        String network = networkOn(a);
        a.run("migrate", "redis", "--to", b.address(), "--insecure").succeeded();
        client.settle();
        assertThat(network)
                .contains("fd00:88::5/64", "mtu 1400", "10.99.0.0/16 via 10.88.0.2", "default via fd00:88::1");
        assertThat(networkOn(b)).isEqualTo(network);
        Awaitility.await().until(() -> a.remainsOf("redis").isEmpty());

        b.run("migrate", "redis", "--to", a.address(), "--insecure").succeeded();

        assertNothingIsLost();
        Awaitility.await().until(() -> b.remainsOf("redis").isEmpty());
    }

    @Test
    void keepsItsConnectionWhenTheMigrationIsAborted() {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold, link);

        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        assertNothingIsLost();
    }
}
