package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Programs that people run, which check themselves all the time (test-images/software): PostgreSQL that every transaction which a client
 * was told of is in its books, the others that their threads, timers, connections and memory are as they were.
 */
class RealSoftwareIT {
    private static final int CYCLES = 2;

    @TempDir
    Path directory;

    private ContainerFixture fixture;

    @BeforeEach
    void open() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        fixture = ContainerFixture.open(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({"postgres, /usr/lib/postgresql", "jvm, /usr", "python, /usr/bin/python3", "node, /usr/bin/node"})
    void goesOnAfterEachOfTwoRestores(String software, Path installed) {
        assumeTrue(Files.exists(installed), software + " is not installed");
        Path bundle = fixture.bundle(software);
        ContainerId id = fixture.runShell(software, bundle, nullStreams());
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
