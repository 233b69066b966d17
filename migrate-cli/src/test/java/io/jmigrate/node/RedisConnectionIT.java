package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A redis that a client talks to over one TCP connection, all the time, on a network of two nodes. */
class RedisConnectionIT extends MovedRedis {
    @BeforeEach
    void start() {
        openStage();
        startBetweenTwoNodes();
    }

    @ParameterizedTest
    @EnumSource(
            value = Victim.class,
            names = {"JAVA", "ALL"})
    void keepsItsConnectionWhenTheMigrationIsKilledAndRecovered(Victim victim) {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.HELD);
        Started migration = migrateUntil(hold, link);

        migration.kill(victim);
        link.cut();
        a.recover().succeeded();

        assertNothingIsLost();
    }

    @Test
    void keepsItsConnectionWhenItIsGivenBackAfterTheCommit() {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.GO);
        Started migration = migrateUntil(hold, link);

        hold.lose();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        assertNothingIsLost();
    }
}
