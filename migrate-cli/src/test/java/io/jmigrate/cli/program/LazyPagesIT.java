package io.jmigrate.cli.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.Signal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A container whose memory a {@code criu lazy-pages} fetches while it already runs there, and clients that don't. */
@Timeout(180)
class LazyPagesIT extends InOneService {
    private static final int GET = 7;
    private static final int CLOSE = 0x1023;

    private final String elsewhere = Busybox.newId();
    private Path bundle;
    private MemoryReport report;
    private int port;
    private int attempts;
    private Process daemon;

    @BeforeEach
    void open() throws IOException {
        Busybox.requireContainers();
        program = InstalledProgram.in(directory).served();
        bundle = TestImages.bundle(directory, "memory", List.of("--mib", "40"));
        start(bundle);
        report = MemoryReport.of(bundle);
        report.awaitFirst();
        port = FreePort.find();
    }

    @AfterEach
    void endDaemon() {
        if (daemon != null) {
            daemon.destroyForcibly();
        }
    }

    @Test
    void itRunsHereOrThereOrIsPausedAndNeverTwice() throws Exception {
        Process cancelled = giving();
        say("GET / HTTP/1.1\r\n\r\n".getBytes());
        Processes.kill((int) cancelled.pid(), Signal.TERM);
        assertThat(failure(cancelled))
                .contains("got none of the memory: the client 127.0.0.1:")
                .contains("the checkpoint of container \"" + id + "\" was cancelled by signal SIGTERM; it runs on\n");
        report.awaitTicks(0);

        Process refused = giving();
        say(message(CLOSE, 0, 0));
        assertThat(failure(refused)).contains("\" was not fetched: the client ", "said that it is done; it runs on\n");
        report.awaitTicks(0);

        Process cutOff = giving();
        say(message(GET, 1, addressOfAPage()));
        assertThat(failure(cutOff))
                .contains("\" is paused here, and what runs of it elsewhere has 4 of ", " hung up\n")
                .contains("then jmigrate resume");
        assertStaysPaused();

        Process killed = giving();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(message(GET, 1, addressOfAPage()));
            socket.getInputStream().readNBytes(32);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> killed.children().noneMatch(process -> isCalledWith(process, "--heir")));
            assertThat(killed.children().filter(LazyPagesIT::isJava).allMatch(ProcessHandle::destroyForcibly))
                    .isTrue();
            assertThat(failure(killed)).contains("Java was killed");
        }
        assertStaysPaused();

        isFetchedByCriu();
    }

    private void assertStaysPaused() {
        assertThat(program.run("state", id).out()).contains("\"paused\"");
        succeed("resume", id);
        report.awaitTicks(0);
    }

    private static boolean isCalledWith(ProcessHandle process, String word) {
        return process.info().commandLine().orElse("").contains(word);
    }

    private static boolean isJava(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("/java");
    }

    private void isFetchedByCriu() throws Exception {
        Process giving = giving();
        String[] restore = {
            "restore", "--lazy-pages", "--detach", "--bundle", bundle.toString(), "--image-path", images(), elsewhere
        };
        assertThat(program.run(restore).err()).contains("no criu lazy-pages, which would fetch its memory, listens in");
        assertThat(program.run(
                                "restore",
                                "--detach",
                                "--bundle",
                                bundle.toString(),
                                "--image-path",
                                images(),
                                elsewhere)
                        .err())
                .contains(" lacks the memory of container ");
        daemon = new ProcessBuilder(
                        CheckpointingPodman.criu().toString(),
                        "lazy-pages",
                        "--page-server",
                        "--address",
                        "127.0.0.1",
                        "--port",
                        "" + port,
                        "-D",
                        images())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("daemon").toFile())
                .start();
        await().until(() -> Files.exists(Path.of(images(), "lazy-pages.socket")));

        succeed(restore);
        assertThat(InstalledProgram.status(giving, "checkpoint")).isZero();
        assertThat(new String(giving.getErrorStream().readAllBytes())).isEmpty();
        assertThat(InstalledProgram.status(daemon, "criu lazy-pages")).isZero();
        assertThat(program.run("list", "--quiet").out()).isEqualTo(elsewhere + "\n");
        report.awaitTicks(0);
        succeed("checkpoint", "--image-path", directory.resolve("again").toString(), elsewhere);
    }

    private String images() {
        return directory.resolve("images" + attempts).toString();
    }

    /** A checkpoint whose memory can be fetched. */
    private Process giving() throws IOException {
        attempts++;
        Process process = program.start(
                "checkpoint",
                "--lazy-pages",
                "--page-server",
                "127.0.0.1:" + port,
                "--status-fd",
                "1",
                "--image-path",
                images(),
                id);
        assertThat(process.getInputStream().read())
                .as("the byte that says it is ready")
                .isZero();
        return process;
    }

    private static String failure(Process process) throws IOException {
        assertThat(InstalledProgram.status(process, "checkpoint")).isEqualTo(1);
        return new String(process.getErrorStream().readAllBytes());
    }

    /** Says something and waits for an answer, or the end. */
    private void say(byte[] words) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port));
            socket.getOutputStream().write(words);
            socket.getInputStream().readNBytes(32);
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset"); // hung up on
        }
    }

    /** criu/page-xfer.c, struct page_server_iov; the container's first process is the one with the memory. */
    private static byte[] message(int command, int pages, long address) {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.nativeOrder())
                .putInt(0, command)
                .putLong(8, pages)
                .putLong(16, address)
                .putLong(24, 1)
                .array();
    }

    /** A page of the heap or of the stack. */
    private long addressOfAPage() throws IOException {
        String pid = program.run("state", id).out().replaceAll("(?s).*\"pid\" *: (\\d+).*", "$1");
        return Files.readAllLines(Path.of("/proc/" + pid + "/maps")).stream()
                .filter(line -> line.endsWith("[heap]"))
                .map(line -> Long.parseLong(line.split("-")[0], 16))
                .findFirst()
                .orElseThrow();
    }
}
