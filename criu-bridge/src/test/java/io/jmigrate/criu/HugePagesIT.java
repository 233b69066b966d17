package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

/** Memory of the huge pages that a host has set aside, a few more of which there are for as long as the test takes. */
@Timeout(120)
class HugePagesIT {
    private static final Path POOL = Path.of("/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages");
    private static final int WANTED = 4;
    private static final int CYCLES = 2;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private int before;

    @BeforeEach
    void open() throws IOException {
        fixture = ContainerFixture.open(directory);
        assumeTrue(Files.isWritable(POOL), "this host has no huge pages, or lets nobody set some aside");
        before = pool();
        set(before + WANTED);
    }

    private static int pool() throws IOException {
        return Integer.parseInt(Files.readString(POOL).strip());
    }

    private static void set(int pages) throws IOException {
        Files.writeString(POOL, Integer.toString(pages));
    }

    @AfterEach
    void close() throws IOException {
        fixture.close();
        if (Files.isWritable(POOL)) {
            set(before);
        }
    }

    @Test
    void areWhatTheyWereAfterEachRestore() throws IOException {
        assumeTrue(pool() >= before + WANTED, "this host has no room for more huge pages now");
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
