package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory of every kind that a dump treats in a way of its own, of two processes, one of which may not be dumped by its user. */
@Timeout(120)
class LazyMappingsIT {
    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private Path bundle;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        bundle = fixture.bundle("mappings");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isWhatItWasAfterTheRestore() throws IOException {
        ContainerId id = fixture.runShell("mappings", bundle, nullStreams());
        awaitTicks("");
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));

        String before = report();
        fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
        awaitTicks(before); // it goes over all of its memory for each, and ends where that isn't what it was
        assertThat(fixture.runs(id)).isTrue();
    }

    private void awaitTicks(String before) {
        await().until(() -> !report().equals(before));
    }

    private String report() throws IOException {
        Path file = bundle.resolve("rootfs/report");
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
