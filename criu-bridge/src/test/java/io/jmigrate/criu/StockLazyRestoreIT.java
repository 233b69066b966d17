package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.JobFixture.awaitMore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.job.Job;
import io.jmigrate.pages.CriuProgram;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.frozen.TreeMemory;
import io.jmigrate.pages.server.Giving;
import io.jmigrate.pages.server.GivingListener;
import io.jmigrate.pages.server.LazyPageServer;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CRIU alone restores, in a pid namespace of its own, what was dumped without its memory, and fetches that from us. */
@Timeout(120)
class StockLazyRestoreIT {
    /** Two processes, each of which checks its memory all the time and tells how often it has. */
    private static final String WORKLOAD = """
            import hashlib, os, time
            memory = [os.urandom(1 << 16) for _ in range(128)]
            sums = [hashlib.sha1(each).digest() for each in memory]
            log = open("parent" if os.fork() else "child", "w", buffering=1)
            count = 0
            while sums == [hashlib.sha1(each).digest() for each in memory]:
                count += 1
                log.write("%d\\n" % count)
                time.sleep(0.02)
            """;

    @TempDir
    private Path directory;

    private final CriuProgram criu = CriuProgram.required();
    private JobFixture fixture;
    private Path images;
    private Process elsewhere;

    @BeforeEach
    void open() throws IOException {
        fixture = JobFixture.open();
        images = Files.createDirectory(directory.resolve("images"));
    }

    @AfterEach
    void close() {
        if (elsewhere != null) {
            elsewhere.descendants().forEach(ProcessHandle::destroyForcibly);
            elsewhere.destroyForcibly();
        }
        fixture.close();
    }

    @Test
    void fetchesTheMemoryOfATreeThatStandsStillAndEndsWhenItHasAll() {
        Job job = fixture.start(directory, nullStreams(), "python3", "-c", WORKLOAD);
        awaitMore(directory.resolve("parent"));
        awaitMore(directory.resolve("child"));
        List<Integer> pids = job.pids();
        assertThat(pids).hasSize(2);

        Giving giving = fixture.dump(job, images, this::give);

        assertThat(giving).isInstanceOf(Giving.Complete.class);
        await().until(() -> pids.stream().noneMatch(pid -> Files.exists(Path.of("/proc/" + pid))));
        awaitMore(directory.resolve("parent"));
        awaitMore(directory.resolve("child"));
    }

    private Giving give(FrozenTree tree) {
        try (LazyPageServer server = LazyPageServer.at("127.0.0.1", 0);
                TreeMemory memory = TreeMemory.of(images, tree.root().pid())) {
            assertThat(memory.lazyBytes()).isGreaterThan(2 * (8 << 20));
            elsewhere = restoring(server.address().getPort());
            return server.give(memory, Optional.empty(), new Told());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Process restoring(int port) throws IOException {
        String script = """
                cd "$1"
                "$0" lazy-pages --page-server --address 127.0.0.1 --port "$2" -D . -o lazy.log -v4 &
                while [ ! -e lazy-pages.socket ]; do sleep 0.05; done
                "$0" restore --lazy-pages --restore-detached -D . -o restore.log -v4 || exit
                wait $! && exec sleep 1000
                """;
        return new ProcessBuilder(
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        "--mount-proc",
                        "sh",
                        "-c",
                        script,
                        criu.path().toString(),
                        images.toString(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(images.resolve("elsewhere.out").toFile())
                .start();
    }

    /** Gives up if CRIU has. */
    private final class Told implements GivingListener {
        @Override
        public void waiting(long bytes, long bytesOfAll) {
            if (!elsewhere.isAlive()) {
                throw Failure.of(
                        PageCode.PAGES_IO, "CRIU has failed: " + CriuProgram.tail(images.resolve("restore.log")));
            }
        }

        @Override
        public void turnedAway(String why) {
            throw Failure.of(PageCode.PAGES_IO, why);
        }
    }
}
