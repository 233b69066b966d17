package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;

import io.jmigrate.HugePages;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory of the huge pages that a host has set aside, a few more of which there are for as long as the test takes. */
@Timeout(120)
class HugePagesIT {
    private static final int WANTED = 4;
    private static final int CYCLES = 2;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private HugePages pages;

    @BeforeEach
    void open() throws IOException {
        fixture = ContainerFixture.open(directory);
        pages = HugePages.take(WANTED);
    }

    @AfterEach
    void close() throws IOException {
        try {
            fixture.close();
        } finally {
            if (pages != null) {
                pages.close();
            }
        }
    }

    @Test
    void areWhatTheyWereAfterEachRestore() throws IOException {
        Path bundle = fixture.bundle("kinds", "--", "/bin/kinds", "huge-pages");
        ContainerId id = fixture.runShell("huge", bundle, nullStreams());
        KindReports reports = KindReports.ofBundle(bundle, 1);
        reports.awaitChecks();
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            Path images = directory.resolve("images" + cycle);
            fixture.checkpoint().run(CheckpointRequest.of(id, images));
            fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
            reports.awaitChecks();
        }
    }
}
