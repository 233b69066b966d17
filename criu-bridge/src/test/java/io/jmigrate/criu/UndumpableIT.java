package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.ContainerFixture.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.CheckpointRequest;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers with something in them that CRIU can't dump are told apart before anything is touched. */
class UndumpableIT {
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
    void allThatIsFoundIsNamedWithItsHolder() {
        Path bundle = fixture.bundle(
                "holder", "--", "/bin/holder", "twin", "io_uring", "userfaultfd", "semaphore", "timer", "queue");
        ContainerId id = fixture.runShell("holder", bundle, nullStreams());
        int pid = fixture.root(id).pid();
        await().until(() -> Files.isSymbolicLink(Path.of("/proc/" + pid + "/fd/6"))); // the queue's, which is the last
        String holder = "process " + pid + " (holder) ";

        assertRefused(
                id,
                holder + "and process " + childOf(pid) + " (holder) have the same memory (clone(2), CLONE_VM), and CRIU"
                        + " dumps only processes that have each their own",
                holder + "holds an io_uring (descriptor 3)",
                holder + "holds a userfaultfd (descriptor 4)",
                holder + "holds an eventfd that is a semaphore (descriptor 5), which CRIU would restore as a counter",
                holder + "has a timer that signals its first thread (SIGEV_THREAD_ID), which CRIU does not find in a"
                        + " pid namespace",
                "it has the message queue /held (mq_overview(7)), which CRIU does not dump");
    }

    @Test
    void whatReachesOutOfTheContainerIsNamedAndWhatWaitsInIt() throws IOException {
        Path bundle = fixture.bundle(
                "holder",
                "--",
                "/bin/holder",
                "leaderless",
                "host-place",
                "ring",
                "mptcp",
                "packets",
                "caller",
                "deferred",
                "unaccepted");
        Path host = Files.createDirectory(directory.resolve("host")).toRealPath();
        Files.write(host.resolve("mapped"), new byte[1]);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                Fd opened = Descriptors.open(host)) {
            server.bind(UnixDomainSocketAddress.of(bundle.resolve("rootfs/host")));
            ContainerId id = fixture.runWith("reaching", bundle, opened);
            await().until(() -> Files.exists(bundle.resolve("rootfs/unaccepted")));
            int pid = fixture.root(id).pid();
            String holder = "process " + pid + " (holder)";
            String leaderless = "process " + childOf(pid) + " (holder)";

            assertRefused(
                    id,
                    "the first thread of " + leaderless + " has ended while others go on",
                    holder + " holds a pipe that keeps the bounds of packets (O_DIRECT) (descriptor 6)",
                    holder + " has an io_uring in its memory (mmap(2)), of which CRIU dumps files alone",
                    holder + " holds " + host + " of the host (descriptor 3)",
                    leaderless + " holds " + host + " of the host (descriptor 3)",
                    "the working directory of " + holder + ", " + host + ", is none of the container's",
                    holder + " has " + host + "/mapped of the host in its memory (mmap(2))",
                    holder + " holds a socket of the protocol MPTCP (descriptor 4), which CRIU does not know",
                    holder + " has not accepted a TCP connection yet that waits for it (descriptor 9)",
                    holder + " holds a TCP connection (descriptor 8) whose other end has not confirmed it yet, as its"
                            + " listener waits for data first (TCP_DEFER_ACCEPT)",
                    holder + " is connected with a process outside by a Unix socket (descriptor 5)");
        }
    }

    @Test
    void aProcessThatExecStartedIsNamed() {
        ContainerId id = fixture.runShell("exec", fixture.bundle("busybox"), nullStreams());
        int pid = fixture.exec(id, "/bin/sleep", "1000").pid();

        assertRefused(
                id,
                "process " + pid
                        + " (sleep) does not descend from the container's first process: exec started it, or its"
                        + " parent has left it");
    }

    /** It puts the file in the place of its standard output, and that elsewhere, each time it writes a number. */
    @Test
    void whatAShellRedirectsForAMomentIsNone() throws IOException {
        String counting = "i=0; while :; do i=$((i+1)); echo $i > /count; done";
        Path bundle = fixture.bundle("busybox", "--", "/bin/sh", "-c", counting);
        try (TestStream stream = TestStream.Kind.FILE.open(directory)) {
            ContainerId id = fixture.runShell("counter", bundle, output(stream));

            for (int look = 0; look < 100; look++) {
                assertThat(fixture.checkpoint().obstacles(id)).isEmpty();
            }
        }
    }

    private static long childOf(int pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.children().findFirst())
                .orElseThrow()
                .pid();
    }

    private void assertRefused(ContainerId id, String... obstacles) {
        Path images = directory.resolve("images");
        assertThatThrownBy(() -> fixture.checkpoint().run(CheckpointRequest.of(id, images)))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(CriuCode.UNDUMPABLE);
                    assertThat(failure.details()).isEqualTo(List.of(obstacles));
                })
                .hasMessage(id.inSentence() + " holds what can't be dumped; it runs on");
        assertThat(images).doesNotExist();
        assertThat(fixture.runs(id)).isTrue();
    }
}
