package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.JobFixture.awaitMore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.request.DumpTerms;
import io.jmigrate.criu.request.JobCheckpointRequest;
import io.jmigrate.criu.request.JobRestoreRequest;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.criu.request.RestoreTerms;
import io.jmigrate.criu.request.TreeOptions;
import io.jmigrate.pages.GatedStore;
import io.jmigrate.pages.PageStore;
import io.jmigrate.pages.store.DirectoryPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcessRef;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job with much memory, which is copied while it stands still and comes back while it runs. */
@Timeout(180)
class LazyJobIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Memory in which each page is another, which is checked all the time; who finds one that is none of its own counts no more. */
    private static final String CHECKED = """
            import time
            pages = 48 << 8
            memory = bytearray(pages << 12)
            for i in range(pages):
                memory[i << 12:(i << 12) + 8] = (i + 1).to_bytes(8, "little")
            log = open("count", "a", buffering=1)
            checked = 0
            while True:
                page = checked * 769 % pages
                assert int.from_bytes(memory[page << 12:(page << 12) + 8], "little") == page + 1
                checked += 1
                log.write("%d\\n" % checked)
                time.sleep(0.002)
            """;

    @TempDir
    private Path directory;

    private JobFixture fixture;
    private Path count;
    private Path images;

    @BeforeEach
    void open() {
        fixture = JobFixture.open();
        count = directory.resolve("count");
        images = directory.resolve("images");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void comesWhileItRunsAndIsCopiedAgainInItsPidNamespace() throws IOException {
        Path program = Files.writeString(directory.resolve("checked.py"), CHECKED);
        Job job = fixture.start(directory, nullStreams(), "python3", program.toString());
        await().atMost(LIMIT).until(() -> Files.exists(count));
        assertCopiedByUs(JobFixture.request(job, images, true));
        Processes.kill(job.root(), Signal.KILL);

        GatedStore gated = new GatedStore(DirectoryPages.open(images));
        CompletableFuture<Restored> restore = CompletableFuture.supplyAsync(
                () -> fixture.restore(lazily(gated)),
                task -> Thread.ofPlatform().daemon().start(task));
        await().atMost(LIMIT).until(() -> gated.isWaiting() || restore.isDone());
        try {
            assertThat(restore).isNotDone();
            await().atMost(LIMIT).until(() -> arriving().isPresent());
            Job arriving = fixture.job(arriving().orElseThrow());
            assertThatThrownBy(() -> fixture.checkpoint(arriving, directory.resolve("early"), false))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(CriuCode.MEMORY_ARRIVING));
        } finally {
            gated.open();
        }
        Restored restored = restore.join();
        awaitMore(count);
        try (Stream<Path> left = Files.list(images)) {
            assertThat(left).as("nothing is left in the images").noneMatch(Files::isDirectory);
        }

        Path log = Files.createDirectory(directory.resolve("log"));
        assertCopiedByUs(new JobCheckpointRequest(
                restored.root().pid(),
                directory.resolve("again"),
                Optional.of(log),
                true,
                TreeOptions.NONE,
                DumpTerms.NONE));
        assertThat(log.resolve("dump.log")).isNotEmptyFile();
        awaitMore(count);
    }

    private void assertCopiedByUs(JobCheckpointRequest request) {
        CountedTurns turns = new CountedTurns();
        fixture.checkpoint().run(request, turns);
        assertThat(turns.count()).isPositive();
    }

    /** The restored process, which waits for memory; its command line may be in what it waits for, its program is not. */
    private static Optional<ProcessRef> arriving() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("python3"))
                .flatMap(process -> Processes.find((int) process.pid()).stream())
                .findFirst();
    }

    private JobRestoreRequest lazily(PageStore pages) {
        return new JobRestoreRequest(
                images,
                Optional.empty(),
                TreeOptions.NONE,
                RestoreTerms.NONE,
                nullStreams(),
                MemoryMode.LAZY,
                Optional.of(pages),
                true,
                Optional.empty());
    }
}
