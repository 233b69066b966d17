package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Hold;
import io.jmigrate.node.fixture.Link;
import io.jmigrate.node.fixture.Message;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A redis that is no root, in a user namespace whose ids are other ids on the host, with a client on its one TCP connection. */
class UserNamespaceConnectionIT extends RedisUnderLoad {
    private Node b;

    @BeforeEach
    void start() throws IOException {
        openStage();
        // the container's root is nobody special here, and has to reach its files
        Files.setPosixFilePermissions(stage.path(""), PosixFilePermissions.fromString("rwx--x--x"));
        a.serve("--insecure");
        b = stage.node("b").serve("--insecure");
        startRedisAndItsClient("--first-id", "100000", "--uid", "1000");
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
        Started migration = migrateUntil(hold, link);

        link.cut();

        assertThat(migration.ended().ended(ABORTED).err()).contains("it runs at the source");
        assertNothingIsLost();
    }
}
