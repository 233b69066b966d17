package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.DeleteRequest;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.FilterTables;
import io.jmigrate.runtime.network.NetworkNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Connections with bytes that were never sent, between processes that are restored into a network which others use too. */
@Timeout(180)
class SharedNetworkIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Writes in both directions of a connection until nothing more fits, reads a little of both, and counts what it has read. */
    private static final String FULL = """
            import socket, time
            listening = socket.create_server(("127.0.0.1", 0))
            here = socket.create_connection(listening.getsockname())
            there, _ = listening.accept()
            log = open("count", "w", buffering=1)
            passed = 0
            while True:
                for end in here, there:
                    end.setblocking(False)
                    try:
                        while True:
                            end.send(bytes(65536))
                    except BlockingIOError:
                        pass
                for end in here, there:
                    end.setblocking(True)
                    end.recv(4096)
                passed += 1
                log.write("%d\\n" % passed)
                time.sleep(0.02)
            """;

    @TempDir
    Path directory;

    @Test
    void thoseOfAContainerGoOnEachTimeItComesBack() {
        try (ContainerFixture fixture = ContainerFixture.open(directory)) {
            ContainerId other = fixture.runShell("other", fixture.bundle("busybox"), nullStreams());
            Path network =
                    fixture.containers().inspect(other).networkNamespace().orElseThrow();
            Path bundle = fixture.bundle(
                    "kinds", "--netns", network.toString(), "--", "/bin/kinds", "tcp-unsent", "tcp-half-open");
            ContainerId id = fixture.runShell("full", bundle, nullStreams());
            KindReports reports = KindReports.ofBundle(bundle, 2);
            reports.awaitChecks();
            Path images = directory.resolve("images");
            fixture.checkpoint().run(CheckpointRequest.of(id, images));

            for (int time = 0; time < 2; time++) {
                fixture.restore().run(RestoreRequest.of(id, bundle, images, nullStreams()));
                reports.awaitChecks();
                fixture.containers().delete().delete(new DeleteRequest(id, true));
            }

            assertThat(locks(network)).isEmpty();
        }
    }

    @Test
    void thoseOfAJobGoOnEachTimeItComesBack() throws IOException {
        Path program = Files.writeString(directory.resolve("full.py"), FULL);
        Path count = directory.resolve("count");
        Path images = directory.resolve("images");
        try (JobFixture fixture = JobFixture.open()) {
            Job job = fixture.start(directory, nullStreams(), "python3", program.toString());
            await().atMost(LIMIT).until(() -> Files.exists(count));
            JobFixture.awaitMore(count);
            fixture.checkpoint(job, images, false);
            byte[] counted = Files.readAllBytes(count);

            for (int time = 0; time < 2; time++) {
                Files.write(count, counted); // CRIU wants open files as long as they were
                int root = fixture.restore(images, nullStreams()).root().pid();
                JobFixture.awaitMore(count);
                Processes.kill(root, Signal.KILL);
                await().atMost(LIMIT).until(() -> !Files.exists(Path.of("/proc/" + root)));
            }

            assertThat(locks(Path.of("/proc/self/ns/net"))).isEmpty();
        }
    }

    private static List<String> locks(Path network) {
        return new FilterTables(new NetworkNamespace(network))
                .names().stream()
                        .filter(name -> name.startsWith("jmigrate-lock"))
                        .toList();
    }
}
