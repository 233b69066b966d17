package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Programs;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Started;
import io.jmigrate.node.fixture.Talker;
import io.jmigrate.node.fixture.Victim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container with established connections in the network of its node: nothing drops packets there when it has left. */
class HostNetworkIT {
    private Stage stage;
    private Node a;
    private Node b;
    private Talker talker;

    @BeforeEach
    void open() {
        Programs.requireInstalled("nft");
        stage = Stage.open().onOneSegment();
        a = stage.node("a");
        b = stage.node("b").serve("--insecure", "--allow-spec", "namespaces");
        talker = Talker.startedInTheNetworkOf(a, stage);
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private Started migrate(String address) {
        return a.start("migrate", talker.id(), "--to", address, "--insecure");
    }

    @Test
    void noConnectionStaysLockedWhereItHasLeft() {
        migrate(b.address()).ended().succeeded();

        assertThat(tablesOfA()).doesNotContain("CRIU");
        talker.talksToItselfOn(b);
    }

    @Test
    void norIfARecoveryHasEndedTheMigration() {
        Link link = stage.linkTo(b);
        Hold hold = link.hold(Message.RUNNING);
        Started migration = migrate(link.address());
        hold.awaitReached(migration);
        assertThat(tablesOfA()).contains("inet CRIU-");

        migration.kill(Victim.ALL);
        hold.release();

        assertThat(a.recover().succeeded().out()).contains("it runs at the destination");
        assertThat(tablesOfA()).doesNotContain("CRIU");
        talker.talksToItselfOn(b);
    }

    private String tablesOfA() {
        return stage.toolOn("a", "nft", "list", "tables");
    }
}
