package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.lines;
import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container goes through it again and again. */
class RepeatedCheckpointIT {
    private static final int CYCLES = 3;

    @TempDir
    Path directory;

    private ContainerFixture fixture;
    private Path bundle;
    private Path count;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        bundle = fixture.bundle(
                "busybox", "--", "/bin/sh", "-c", "while :; do i=$((i+1)); echo $i >> /count; usleep 10000; done");
        count = bundle.resolve("rootfs/count");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void leftRunningItIsDumpedAgain() {
        ContainerId id = fixture.runShell("left", bundle, nullStreams());
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            awaitProgress();
            Checkpoint checkpoint = fixture.checkpoint()
                    .run(CheckpointRequest.of(id, directory.resolve("images" + cycle))
                            .withLeaveRunning(true));
            assertThat(checkpoint.verdict()).isEqualTo(DumpVerdict.THAW);
        }
        awaitProgress();
        assertThat(fixture.runs(id)).isTrue();
    }

    /** As containerd does it. */
    @Test
    void pausedItIsDumpedAndStaysPausedWhateverHappens() {
        ContainerId id = fixture.runShell("paused", bundle, nullStreams());
        awaitProgress();
        fixture.containers().pause().pause(id);
        long seen = lines(count);

        fixture.checkpoint()
                .run(CheckpointRequest.of(id, directory.resolve("left")).withLeaveRunning(true));
        Path images = directory.resolve("images");
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images), tree -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThatThrownBy(() -> fixture.checkpoint()
                        .run(CheckpointRequest.of(id, images).toHandOver(Set.of())))
                .hasMessageEndingWith("it is paused");
        assertThat(fixture.containers().inspect(id).state().word()).isEqualTo("paused");
        assertThat(lines(count)).isEqualTo(seen);
        fixture.containers().pause().resume(id);
        awaitProgress();

        fixture.containers().pause().pause(id);
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        assertThat(fixture.containers().store().find(id)).isEmpty();
        fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
        assertThat(fixture.runs(id)).isTrue();
        awaitProgress();
    }

    @Test
    void restoredItIsDumpedAgain() {
        ContainerId id = fixture.runShell("again", bundle, nullStreams());
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            awaitProgress();
            Path images = directory.resolve("images" + cycle);
            fixture.checkpoint().run(CheckpointRequest.of(id, images));
            fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
        }
        awaitProgress();
        assertThat(fixture.runs(id)).isTrue();
        List<Integer> numbers = ContainerFixture.numbers(count);
        assertThat(numbers)
                .as("no number is lost or repeated")
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    private void awaitProgress() {
        long before = lines(count);
        await().until(() -> lines(count) > before + 2);
    }
}
