package io.jmigrate.criu;

import static io.jmigrate.criu.ContainerFixture.nullStreams;
import static io.jmigrate.criu.ContainerFixture.output;
import static io.jmigrate.criu.JobFixture.assertNoneLost;
import static io.jmigrate.criu.JobFixture.awaitMore;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.job.Job;
import io.jmigrate.criu.job.JobFile;
import io.jmigrate.criu.mapping.OpenFile;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.ProcStat;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import io.jmigrate.runtime.network.UnixSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees of processes that run in no container. */
class JobIT {
    /** Two processes with a pipe between them, and a log that stays open; what is counted goes to standard output, too. */
    private static final String COUNT = "exec 5>>count; while :; do echo; sleep 0.02; done |"
            + " { i=0; while read -r _; do i=$((i+1)); echo $i >&5; echo $i; done; }";

    /** A thread counts, and both ends of a connection pass on how far it is. */
    private static final String CONNECTED = """
            import os, socket, threading, time
            counted = 0
            def count():
                global counted
                while True:
                    counted += 1
                    time.sleep(0.01)
            threading.Thread(target=count, daemon=True).start()
            listening = socket.create_server(("127.0.0.1", 0))
            here = socket.create_connection(listening.getsockname())
            there, _ = listening.accept()
            log = open("count", "w", buffering=1)
            passed = 0
            while True:
                passed += 1
                here.send(b"%d\\n" % passed)
                log.write(there.recv(100).decode())
                time.sleep(0.02)
            """;

    /** Receives datagrams at this path. */
    private static final String RECEIVER = "import socket, sys; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
            + " s.bind(sys.argv[1]); print(flush=True); sys.stdin.read()";

    /** Descriptor 9 sends there, in the program that is named after it. */
    private static final String SENDER = "import os, socket, sys; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
            + " s.connect(sys.argv[1]); os.dup2(s.fileno(), 9); os.execvp(sys.argv[2], sys.argv[2:])";

    @TempDir
    Path directory;

    private final List<Process> receivers = new ArrayList<>();
    private JobFixture fixture;

    @BeforeEach
    void open() {
        fixture = JobFixture.open();
    }

    @AfterEach
    void close() {
        fixture.close();
        receivers.forEach(Process::destroyForcibly);
    }

    /** The name of the Unix socket that a descriptor sends to. */
    private static String receiverOf(int pid, int descriptor) throws IOException {
        Map<Long, UnixSocket> sockets = UnixSocket.of(Path.of("/proc/" + pid + "/ns/net"));
        long inode = OpenFile.read(pid, descriptor).orElseThrow().inode();
        return sockets.get(sockets.get(inode).peer()).name();
    }

    @Test
    void goesOnTwiceWhereItWasWithOtherStreams() throws IOException {
        Path count = directory.resolve("count");
        Path log = directory.resolve("log");
        Process receiver = new ProcessBuilder("python3", "-c", RECEIVER, log.toString()).start();
        receivers.add(receiver);
        assertThat(receiver.getInputStream().read()).isEqualTo('\n');
        Job job;
        try (TestStream first = TestStream.Kind.PIPE.open(directory)) {
            job = fixture.start(directory, output(first), "python3", "-c", SENDER, log.toString(), "bash", "-c", COUNT);
            first.awaitLine();
            fixture.checkpoint(job, directory.resolve("first"), false);
        }
        try (TestStream second = TestStream.Kind.PIPE.open(directory)) {
            Restored restored = fixture.restore(directory.resolve("first"), output(second));
            assertThat(restored.root().pid()).isEqualTo(job.root().pid());
            second.awaitLine();
            fixture.checkpoint(fixture.job(restored.root()), directory.resolve("second"), false);
        }
        try (TestStream third = TestStream.Kind.APPENDED_FILE.open(directory)) {
            Restored restored = fixture.restore(directory.resolve("second"), output(third));
            third.awaitLine();
            awaitMore(count);
            assertNoneLost(count);
            assertThat(receiverOf(restored.root().pid(), 9)).isEqualTo(log.toString());
            assertThat(ProcStat.read(restored.root().pid()).orElseThrow().session())
                    .isEqualTo(job.root().pid());
            assertThat(Path.of("/proc/" + restored.root().pid() + "/cwd").toRealPath())
                    .isEqualTo(directory.toRealPath());
        }
    }

    @Test
    void aPythonProgramKeepsItsThreadAndItsConnectionInANetworkOfItsOwn() throws IOException {
        Path program = Files.writeString(directory.resolve("connected.py"), CONNECTED);
        Path count = directory.resolve("count");
        Job job = fixture.start(
                directory,
                nullStreams(),
                "unshare",
                "--net",
                "sh",
                "-c",
                "ip link set lo up && exec python3 " + program);
        await().until(() -> Files.exists(count));
        awaitMore(count);

        fixture.checkpoint(job, directory.resolve("images"), false);
        fixture.restore(directory.resolve("images"), nullStreams());

        awaitMore(count);
        assertNoneLost(count);
    }

    @Test
    void oneThatIsLeftRunningHasItsPids() throws IOException {
        Path count = directory.resolve("count");
        Job job = fixture.start(directory, nullStreams(), "bash", "-c", COUNT);
        await().until(() -> Files.exists(count));
        Path images = directory.resolve("images");

        fixture.checkpoint(job, images, true);
        awaitMore(count);
        assertNoneLost(count);

        int pid = job.root().pid();
        JobFile told = JobFile.read(images).orElseThrow();
        assertThat(told.pid()).isEqualTo(pid);
        assertThat(told.command()).containsExactly("bash", "-c", COUNT);
        assertThat(told.directory()).isEqualTo(directory.toRealPath().toString());
        assertThatThrownBy(() -> fixture.restore(images, nullStreams()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(CriuCode.PID_TAKEN);
                    assertThat(failure.details()).contains(pid + " is process " + pid + " (bash)");
                })
                .hasMessageMatching("cannot restore job " + pid + " \\(bash\\): \\d pids that it needs are taken");
        assertThat(Processes.alive(job.root())).isTrue();
    }

    @Test
    void severalRunAtOnceInPidNamespacesOfTheirOwn() throws IOException {
        Path images = directory.resolve("images");
        Job job;
        try (TestStream zeroth = TestStream.Kind.PIPE.open(directory)) {
            job = fixture.start(directory, output(zeroth), "bash", "-c", COUNT);
            zeroth.awaitLine();
            fixture.checkpoint(job, images, true);
        }
        try (TestStream first = TestStream.Kind.PIPE.open(directory);
                TestStream second = TestStream.Kind.PIPE.open(directory)) {
            Restored one = fixture.restore(images, output(first), true);
            Restored other = fixture.restore(images, output(second), true);
            first.awaitLine();
            second.awaitLine();
            assertThat(fixture.job(one.root()).pidWithin())
                    .hasValue(job.root().pid())
                    .isEqualTo(fixture.job(other.root()).pidWithin());

            fixture.checkpoint(fixture.job(one.root()), directory.resolve("again"), false);
            assertThat(one.child().await().text()).isEqualTo("exit code 137");
            second.awaitLine();
            assertThat(Processes.alive(other.root())).isTrue();
        }
        try (TestStream third = TestStream.Kind.PIPE.open(directory)) {
            Restored again = fixture.restore(directory.resolve("again"), output(third), true);
            third.awaitLine();
            Processes.kill(again.root(), Signal.TERM);
            assertThat(again.child().await().text()).isEqualTo("exit code 143");
        }
    }

    @Test
    void aProcessThatHasLeftTheTreeIsNamed() throws IOException {
        Job job = fixture.start(directory, nullStreams(), "bash", "-c", "(sleep 1000 &); exec sleep 2000");
        await().until(() -> !job.members().strays().isEmpty());
        int stray = job.members().strays().getFirst();
        try {
            assertThatThrownBy(() -> fixture.checkpoint(job, directory.resolve("images"), false))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.details())
                            .containsExactly("process " + stray
                                    + " (sleep) is in the session of the job's first process and does not descend"
                                    + " from that: its parent has ended"));
            assertThat(directory.resolve("images")).doesNotExist();
        } finally {
            ProcessHandle.of(stray).ifPresent(ProcessHandle::destroyForcibly);
        }
    }
}
