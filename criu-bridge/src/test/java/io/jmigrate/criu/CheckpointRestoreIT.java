package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.lines;
import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointRestoreIT {
    private static final String COUNT = "i=0; while :; do i=$((i+1)); echo $i >> /count; usleep 10000; done";

    @TempDir
    Path directory;

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
    void aContainerGoesOnWhereItWasWhenItWasDumped() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path count = bundle.resolve("rootfs/count");
        ContainerId id = fixture.runShell("count", bundle, nullStreams());
        awaitMoreThan(count, 3);

        Path images = directory.resolve("images");
        Checkpoint checkpoint = fixture.checkpoint().run(CheckpointRequest.of(id, images));
        assertThat(checkpoint.verdict()).isEqualTo(DumpVerdict.KILL);
        assertThat(fixture.containers().store().find(id)).as("as runC does").isEmpty();
        long frozenAt = lines(count);

        ContainerId restored = fixture.id("again");
        Restored result = fixture.restore().run(RestoreRequest.of(restored, bundle, images, nullStreams()));

        assertThat(fixture.runs(restored)).isTrue();
        awaitMoreThan(count, frozenAt + 3);
        assertThat(Processes.alive(result.root())).isTrue();
        assertThat(RestoreOutcome.fromLog(result.log())).isEqualTo(RestoreOutcome.RESUMED);
        List<Integer> numbers = ContainerFixture.numbers(count);
        assertThat(numbers).as("no number is lost or repeated").isEqualTo(upTo(numbers.size()));
    }

    @Test
    void aContainerThatIsLeftRunningGoesOnAtOnce() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path count = bundle.resolve("rootfs/count");
        ContainerId id = fixture.runShell("left", bundle, nullStreams());
        awaitMoreThan(count, 3);

        fixture.checkpoint()
                .run(CheckpointRequest.of(id, directory.resolve("images")).withLeaveRunning(true));

        assertThat(fixture.runs(id)).isTrue();
        awaitMoreThan(count, lines(count) + 3);
    }

    @Test
    void aVerdictThatThawsLetsTheContainerGoOn() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path count = bundle.resolve("rootfs/count");
        ContainerId id = fixture.runShell("thawed", bundle, nullStreams());
        awaitMoreThan(count, 3);

        Checkpoint checkpoint = fixture.checkpoint()
                .run(CheckpointRequest.of(id, directory.resolve("images")), tree -> DumpVerdict.THAW);

        assertThat(checkpoint.verdict()).isEqualTo(DumpVerdict.THAW);
        assertThat(fixture.runs(id)).isTrue();
        awaitMoreThan(count, lines(count) + 3);
    }

    @Test
    void aListenerThatFailsThawsTheContainerAndLeavesNoImages() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path count = bundle.resolve("rootfs/count");
        ContainerId id = fixture.runShell("failing", bundle, nullStreams());
        awaitMoreThan(count, 3);
        Path images = directory.resolve("images");

        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images), tree -> {
                    throw new IllegalStateException("the peer is gone");
                }))
                .hasMessage("the peer is gone");

        assertThat(fixture.runs(id)).isTrue();
        awaitMoreThan(count, lines(count) + 3);
        assertThat(images).isDirectoryNotContaining(file -> file.toString().endsWith(".img"));
    }

    @Test
    void aHeldTreeDoesNotRunAndDiesWhenItIsRefused() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        Path count = bundle.resolve("rootfs/count");
        ContainerId id = fixture.runShell("held", bundle, nullStreams());
        awaitMoreThan(count, 3);
        Path images = directory.resolve("images");
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
        long frozenAt = lines(count);

        ContainerId restored = fixture.id("refused");
        try (PreparedRestore prepared =
                fixture.restore().prepare(RestoreRequest.of(restored, bundle, images, nullStreams()))) {
            assertThat(prepared.run(tree -> {
                        assertThat(Processes.alive(tree.root())).isTrue();
                        assertThat(RestoreOutcome.fromLog(tree.log())).isEqualTo(RestoreOutcome.NEVER_RAN);
                        return RestoreVerdict.KILL;
                    }))
                    .isEmpty();
        }

        assertThat(lines(count)).isEqualTo(frozenAt);
        assertThat(fixture.containers().store().find(restored)).isEmpty();
        assertThat(RestoreOutcome.fromLog(images.resolve("restore.log"))).isEqualTo(RestoreOutcome.NEVER_RAN);
    }

    @Test
    void imagesAreNotWrittenOverOthers() {
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", COUNT);
        ContainerId id = fixture.runShell("twice", bundle, nullStreams());
        awaitMoreThan(bundle.resolve("rootfs/count"), 1);
        CheckpointRequest request =
                CheckpointRequest.of(id, directory.resolve("images")).withLeaveRunning(true);
        fixture.checkpoint().run(request);

        assertThatThrownBy(() -> fixture.checkpoint().run(request))
                .isInstanceOf(Failure.class)
                .hasMessageEndingWith("holds images already");
        assertThat(fixture.runs(id)).isTrue();
    }

    private static void awaitMoreThan(Path file, long lines) {
        await().until(() -> lines(file) > lines);
    }

    private static List<Integer> upTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
