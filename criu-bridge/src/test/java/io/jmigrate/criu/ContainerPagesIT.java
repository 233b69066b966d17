package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.pages.Memory;
import io.jmigrate.pages.store.ImageDirectorySink;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container's memory that goes through the page sink, beside the same memory as CRIU writes it by itself. */
class ContainerPagesIT {
    private static final int MEBIBYTES = 16;
    private static final int PAGES = MEBIBYTES << 8;

    /** Between two dumps the program runs for a moment, and CRIU's parasite uses its stack. */
    private static final int PAGES_IN_USE = 16;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void areThoseThatCriuWrites() throws Exception {
        Path bundle = fixture.bundle("memory", "--mib", Integer.toString(MEBIBYTES));
        ContainerId id = fixture.runShell("pages", bundle, nullStreams());
        await().until(() -> Files.exists(bundle.resolve("rootfs/report")));
        Path plain = directory.resolve("plain");
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, plain).withLeaveRunning(true));

        Files.createDirectory(images);
        try (ImageDirectorySink sink = new ImageDirectorySink(images)) {
            fixture.checkpoint()
                    .run(CheckpointRequest.of(id, images).withPages(sink).withLeaveRunning(true));
        }

        Map<String, Integer> expected = Memory.pages(plain);
        Map<String, Integer> written = Memory.pages(images);
        assertThat(written.keySet()).isEqualTo(expected.keySet());
        assertThat(expected).hasSizeGreaterThan(PAGES);
        assertThat(expected.keySet())
                .filteredOn(place -> !written.get(place).equals(expected.get(place)))
                .hasSizeLessThan(PAGES_IN_USE);
    }
}
