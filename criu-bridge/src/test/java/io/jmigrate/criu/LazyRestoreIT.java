package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.GatedStore;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.pages.store.DumpsInChain;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Containers that run before their memory is there: it comes, or they die before they miss any. */
@Timeout(180)
class LazyRestoreIT {
    private static final String FILLER = "jmigrate-fill";
    private static final Signal STOP = Signal.parse("STOP").orElseThrow();

    @TempDir
    private Path directory;

    private ContainerFixture fixture;
    private CheckedMemory memory;
    private Path images;
    private GatedStore gated;
    private CompletableFuture<Restored> restore;

    @BeforeEach
    void open() {
        fixture = ContainerFixture.open(directory);
        images = directory.resolve("images");
    }

    @AfterEach
    void close() {
        if (gated != null) {
            gated.open();
            // one that hangs ends with its container
            restore.handle((restored, failure) -> true)
                    .completeOnTimeout(false, 1, TimeUnit.MINUTES)
                    .join();
        }
        fixture.close();
        memory.close();
        assertThat(memory.said().toFile())
                .content()
                .as("no page was ever wrong, nor a call")
                .doesNotContain("damaged", "mremap", "mmap");
        assertThat(fillers()).isEmpty();
    }

    /** Who runs the native program on this test's behalf. */
    private List<ProcessHandle> fillers() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith(FILLER))
                .toList();
    }

    private void dump(String kind, int mebibytes) {
        memory = CheckedMemory.make(fixture, directory, kind, mebibytes);
        ContainerId id = fixture.runShell(kind, memory.bundle(), memory.streams());
        memory.awaitTicks();
        fixture.checkpoint().run(CheckpointRequest.of(id, images));
    }

    private RestoreRequest lazily(ContainerId id) {
        return RestoreRequest.of(id, memory.bundle(), images, memory.streams()).withMemory(MemoryMode.LAZY);
    }

    /** The container runs, and waits for a page. */
    private void restoreHalfOf(ContainerId id) {
        gated = new GatedStore(DirectoryPages.open(images));
        restore = CompletableFuture.supplyAsync(
                () -> fixture.restore().run(lazily(id).withPages(gated)),
                task -> Thread.ofPlatform().daemon().start(task));
        await().until(() -> gated.isWaiting() || restore.isDone());
        assertThat(restore).isNotDone();
        await().until(() -> fixture.runs(id));
    }

    @Test
    void memoryComesIntoMappingsThatChangeAllTheTime() {
        dump("tangle", 8);
        ContainerId id = fixture.id("tangled");
        GatedStore slow = new GatedStore(DirectoryPages.open(images)).pausing();

        fixture.restore().run(lazily(id).withPages(slow));

        assertThat(slow.bytes()).isGreaterThan(6 << 20);
        memory.awaitTicks();
        assertThat(fixture.runs(id)).isTrue();
        fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("again")));
    }

    @Test
    void memoryOfEarlierDumpsComesLaterToo() throws IOException {
        dump("memory", 40);
        DumpsInChain.divide(images, directory.resolve("earlier"));
        ContainerId id = fixture.id("chained");
        AtomicLong brought = new AtomicLong();

        fixture.restore().run(lazily(id), new RestoreListener() {
            @Override
            public RestoreVerdict held(HeldTree tree) {
                return RestoreVerdict.RESUME;
            }

            @Override
            public void arrived(long bytes, long total) {
                brought.set(total);
            }
        });

        assertThat(brought).hasValueGreaterThan(40 << 20);
        memory.awaitTicks();
        fixture.containers().delete().delete(new DeleteRequest(id, true));
        fixture.restore().run(lazily(id).withMemory(MemoryMode.EAGER));
        memory.awaitTicks();
    }

    @Test
    void aContainerWhoseMemoryArrivesIsNotDumpedButObeys() {
        dump("memory", 48);
        ContainerId id = fixture.id("arriving");
        restoreHalfOf(id);

        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, directory.resolve("early"))))
                .hasMessageEndingWith("its memory is still arriving; it runs on")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.MEMORY_ARRIVING));
        fixture.containers().pause().pause(id);
        gated.open();
        assertThat(restore).as("all has come, though it is paused").succeedsWithin(Duration.ofMinutes(1));
        fixture.containers().pause().resume(id);
        memory.awaitTicks();
        assertThat(fixture.exec(id, "/bin/memory").await().code())
                .as("its usage")
                .isEqualTo(2);
    }

    /** As {@code update --memory} had it at the dump, and the bundle has not. */
    @Test
    void aLimitThatWasChangedCounts() throws IOException {
        dump("memory", 40);
        Files.writeString(images.resolve(ChangedLimits.NAME), "{\"memory\": {\"limit\": %d}}".formatted(44 << 20));
        List<String> eager = new ArrayList<>();

        fixture.restore().run(lazily(fixture.id("limited")).withMemory(MemoryMode.AUTOMATIC), new RestoreListener() {
            @Override
            public RestoreVerdict held(HeldTree tree) {
                return RestoreVerdict.RESUME;
            }

            @Override
            public void eager(String why) {
                eager.add(why);
            }
        });

        assertThat(eager).singleElement().asString().endsWith("and the limit is 44 MiB");
    }

    @Test
    void aContainerIsDeletedWhileItsMemoryArrives() {
        dump("memory", 48);
        ContainerId id = fixture.id("deleted");
        restoreHalfOf(id);

        fixture.containers().delete().delete(new DeleteRequest(id, true));
        gated.open();

        assertThat(restore.handle((restored, failure) -> true).join()).isTrue();
        assertThat(fixture.containers().store().find(id)).isEmpty();
    }

    enum Victim {
        GUARD,
        FILLER,
        BOTH,
        STORE
    }

    @ParameterizedTest
    @EnumSource
    void theContainerDiesWithWhoeverBringsItsMemory(Victim victim) {
        dump("memory", 48);
        ContainerId id = fixture.id("dies");
        restoreHalfOf(id);

        switch (victim) {
            case GUARD -> Participant.GUARD.signal(Signal.KILL);
            case FILLER -> Participant.FILLER.signal(Signal.KILL);
            case BOTH -> {
                signalBoth(STOP); // so that neither sees the other's end
                signalBoth(Signal.KILL);
            }
            case STORE -> gated.fail();
        }
        await().until(() -> !fixture.runs(id));
        gated.open();

        assertThatThrownBy(restore::join)
                .cause()
                .hasMessageStartingWith("the memory of " + id.inSentence() + " stopped coming: ")
                .hasMessageEndingWith("; it was killed before it could miss any")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.MEMORY_LOST));
        assertThat(fixture.containers().inspect(id).state().word()).isEqualTo("stopped");
    }

    private void signalBoth(Signal signal) {
        fillers().forEach(process -> Processes.kill((int) process.pid(), signal));
    }
}
