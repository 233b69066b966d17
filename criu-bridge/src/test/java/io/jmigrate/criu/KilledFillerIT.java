package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.FiledImages;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory comes from files, and who brings it is killed, or who guards that: the container never misses any. */
@Timeout(180)
class KilledFillerIT {
    private static final long PAUSE_NANOS_MAX = 1_000_000;

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private CheckedMemory memory;
    private Path images;
    private FillPair pair;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
    }

    @AfterEach
    void close() {
        fixture.close();
        memory.close();
        if (pair != null) {
            pair.awaitEnd();
        }
        assertThat(memory.said().toFile())
                .content()
                .as("no page was ever wrong, nor a call")
                .doesNotContain("damaged", "mremap", "mmap");
    }

    private void dump(String kind, int mebibytes) {
        memory = CheckedMemory.make(fixture, directory, kind, mebibytes);
        ContainerId id = fixture.runShell(kind, memory.bundle(), memory.streams());
        memory.awaitTicks();
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
    }

    private RestoreRequest fromFiles(ContainerId id) {
        return RestoreRequest.of(id, memory.bundle(), images, memory.streams())
                .withMemory(MemoryMode.LAZY)
                .withPages(FiledImages.open(images));
    }

    /** The container runs, and nobody brings its memory. */
    private CompletableFuture<?> restoreWithoutMemory(ContainerId id) {
        CompletableFuture<FillPair> stopped = new CompletableFuture<>();
        CompletableFuture<?> restore = CompletableFuture.runAsync(
                () -> fixture.restore().run(fromFiles(id), new RestoreListener() {
                    @Override
                    public RestoreVerdict held(HeldTree tree) {
                        pair = FillPair.find();
                        pair.stopFiller();
                        return RestoreVerdict.RESUME;
                    }

                    @Override
                    public void resumed(HeldTree tree) {
                        stopped.complete(pair);
                    }
                }),
                task -> Thread.ofPlatform().daemon().start(task));
        restore.whenComplete((restored, failure) -> stopped.complete(null));
        stopped.join();
        assertThat(restore).isNotDone();
        return restore;
    }

    enum Victim {
        FILLER,
        GUARD
    }

    @ParameterizedTest
    @EnumSource
    void theOtherOneGoesOnForWhoeverIsKilled(Victim victim) {
        dump("memory", 48);
        ContainerId id = fixture.id("goes-on");
        CompletableFuture<?> restore = restoreWithoutMemory(id);

        pair = (victim == Victim.FILLER ? pair.withoutFiller(restore::isDone) : pair.withoutGuard(restore::isDone))
                .orElse(pair);

        restore.join();
        memory.awaitTicks();
        assertThat(fixture.runs(id)).isTrue();
    }

    /** A container, its size, and what the times of death are drawn from. */
    @ParameterizedTest
    @CsvSource({"memory, 128, 1", "memory, 128, 2", "tangle, 96, 3", "tangle, 96, 4", "tangle, 96, 5", "tangle, 96, 6"})
    void oneAfterTheOtherMayBeKilledAllTheTime(String kind, int mebibytes, long seed) {
        dump(kind, mebibytes);
        ContainerId id = fixture.id("killed");
        CompletableFuture<?> restore = restoreWithoutMemory(id);
        Random random = new Random(seed);

        Optional<FillPair> next = pair.withoutFiller(restore::isDone);
        while (next.isPresent()) {
            pair = next.get();
            LockSupport.parkNanos((long) (PAUSE_NANOS_MAX * Math.pow(random.nextDouble(), 3)));
            next = random.nextBoolean() ? pair.withoutFiller(restore::isDone) : pair.withoutGuard(restore::isDone);
        }

        restore.join();
        memory.awaitTicks();
        assertThat(fixture.runs(id)).isTrue();
        fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("again")));
        fixture.containers().delete().delete(new DeleteRequest(id, true));
    }

    @Test
    void theContainerDiesIfBothAreKilledAtOnce() {
        dump("memory", 48);
        ContainerId id = fixture.id("dies");
        CompletableFuture<?> restore = restoreWithoutMemory(id);

        pair.killBoth();

        await().until(() -> !fixture.runs(id));
        assertThatThrownBy(restore::join).cause().isInstanceOfSatisfying(Failure.class, failure -> assertThat(
                        failure.code())
                .isEqualTo(CriuCode.MEMORY_LOST));
    }

    @Test
    void theContainerIsNotDumpedWhenAnotherBringsItsMemory() {
        dump("memory", 48);
        ContainerId id = fixture.id("arriving");
        CompletableFuture<?> restore = restoreWithoutMemory(id);

        pair.killGuard();

        await().until(() -> !Processes.alive(pair.guard()));
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("early"))))
                .hasMessageEndingWith("its memory is still arriving; it runs on");
        pair = pair.afterGuard(restore::isDone).orElse(pair);
        restore.join();
        memory.awaitTicks();
    }
}
