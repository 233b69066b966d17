package io.jmigrate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.node.fixture.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A redis that goes through an archive while a client in a network namespace of its own talks to it over one TCP connection. The
 * client keeps sending all the time: between checkpoint and restore nothing answers it.
 */
class RedisArchiveIT extends RedisUnderLoad {
    private Path archive;

    @BeforeEach
    void start() {
        openStage();
        archive = stage.path("redis.tar.zst");
        startRedisAndItsClient();
    }

    private void export() {
        a.run("checkpoint", "--export", archive.toString(), "redis").succeeded();
        assertThat(archive).isRegularFile();
        assertThat(a.remainsOf("redis")).isEmpty();
    }

    private void importOn(Node node) {
        node.run("restore", "--detach", "--import", archive.toString(), "--bundle", bundle, "redis")
                .succeeded();
    }

    @Test
    void keepsItsConnectionAndItsKeysThroughTwoArchives() throws IOException {
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
