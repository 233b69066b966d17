package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.Memory;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A container whose memory the dump leaves where it is, beside the same as CRIU hands it out itself. */
@Timeout(120)
class LazyDumpIT {
    private static final int MEBIBYTES = 40;
    private static final int PAGES = MEBIBYTES << 8;

    /** Between two dumps the program runs for a moment, and CRIU's parasite uses its stack. */
    private static final int PAGES_IN_USE = 16;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private Path bundle;
    private ContainerId id;

    @BeforeEach
    void run() {
        fixture = ContainerFixture.open(directory);
        bundle = fixture.bundle("memory", "--mib", Integer.toString(MEBIBYTES));
        id = fixture.runShell("lazy", bundle, nullStreams());
        await().until(() -> Files.exists(report()));
    }

    private Path report() {
        return bundle.resolve("rootfs/report");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isDumpedAndRestoredByCriu() throws Exception {
        Path images = directory.resolve("images");
        CountedTurns turns = new CountedTurns();
        fixture.checkpoint().run(CheckpointRequest.of(id, images).withLeaveRunning(true), turns);
        assertThat(turns.count()).isPositive(); // it was lazy

        assertThat(Memory.pages(images)).hasSizeGreaterThan(PAGES);
        assertThat(fixture.runs(id)).isTrue();

        Path last = directory.resolve("last");
        fixture.checkpoint().run(CheckpointRequest.of(id, last));
        String before = Files.readString(report());
        fixture.restore().run(RestoreRequest.of(id, bundle, last, nullStreams()));
        // it checks its memory page by page, and ends if one is not as it was
        await().until(() -> !Files.readString(report()).equals(before));
        assertThat(fixture.runs(id)).isTrue();
    }

    @Test
    void goesOnIfItsMemoryCannotBeTaken() {
        Path images = directory.resolve("images");
        DumpListener failing = new DumpListener() {
            @Override
            public DumpVerdict frozen(FrozenTree tree) {
                return DumpVerdict.KILL;
            }

            @Override
            public void working() {
                throw new IllegalStateException("no more");
            }
        };
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images), failing))
                .hasMessage("no more");
        assertThat(fixture.runs(id)).isTrue();
        assertThat(images.resolve("inventory.img")).doesNotExist();
        assertThatThrownBy(() -> fixture.checkpoint()
                        .run(
                                CheckpointRequest.of(id, directory.resolve("again"))
                                        .withLeaveRunning(true),
                                failing))
                .hasMessage("no more");
        assertThat(fixture.runs(id)).isTrue();
    }
}
