package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.pages.CriuProgram;
import io.jmigrate.pages.Memory;
import io.jmigrate.pages.PageSink;
import io.jmigrate.pages.PageTotals;
import io.jmigrate.pages.server.PageServerEnd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** CRIU's own restore accepts what the sink wrote, and the sink wrote what CRIU itself would have. */
@Timeout(120)
class StockRestoreIT {
    /** Holds 8 MB of text and writes its checksum when asked to; a child of it sleeps. */
    private static final String WORKLOAD = "text=$(head -c 6000000 /dev/urandom | base64 -w 0);"
            + " trap 'printf %s \"$text\" | cksum > sum.new; mv sum.new sum' USR1;"
            + " echo $$ > pid; sleep 1000 & while :; do wait $!; done";

    @TempDir
    Path directory;

    private final CriuProgram criu = CriuProgram.required();
    private int pid;

    @BeforeEach
    void startTheWorkload() throws Exception {
        new ProcessBuilder("setsid", "-f", "sh", "-c", WORKLOAD)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Path.of("/dev/null").toFile())
                .redirectError(Path.of("/dev/null").toFile())
                .start()
                .waitFor();
        Awaitility.await()
                .until(() ->
                        Files.exists(directory.resolve("pid")) && !sumOfPid().isEmpty());
        pid = Integer.parseInt(sumOfPid());
    }

    private String sumOfPid() throws IOException {
        return Files.readString(directory.resolve("pid")).strip();
    }

    @AfterEach
    void endTheWorkload() {
        ProcessHandle.of(pid).ifPresent(root -> {
            List<ProcessHandle> children = root.descendants().toList();
            root.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
        });
    }

    @Test
    void restoresAProcessWhoseMemoryWentThroughTheSink() throws Exception {
        Path plain = Files.createDirectory(directory.resolve("plain"));
        Path images = Files.createDirectory(directory.resolve("images"));
        String before = checksum();
        criu.run(plain, "dump", "-t", Integer.toString(pid), "--leave-running");

        PageTotals totals = dumpThrough(new ImageDirectorySink(images), images);
        assertThat(totals.targets()).isGreaterThanOrEqualTo(2);
        assertThat(totals.bytes()).isGreaterThan(8_000_000);
        assertSameMemory(Memory.pages(plain), Memory.pages(images));

        Awaitility.await().until(() -> ProcessHandle.of(pid).isEmpty());
        criu.run(images, "restore", "--restore-detached");
        assertThat(checksum()).isEqualTo(before);
    }

    private PageTotals dumpThrough(PageSink into, Path images) throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                PageSink sink = into) {
            CompletableFuture<PageTotals> totals = new CompletableFuture<>();
            Thread.ofPlatform().daemon().start(() -> serve(server, sink, totals));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            criu.run(
                    images,
                    "dump",
                    "-t",
                    Integer.toString(pid),
                    "--page-server",
                    "--address",
                    "127.0.0.1",
                    "--port",
                    Integer.toString(port));
            return totals.get();
        }
    }

    private static void serve(ServerSocketChannel server, PageSink sink, CompletableFuture<PageTotals> totals) {
        try {
            SocketChannel connection = server.accept();
            totals.complete(new PageServerEnd(connection, sink).serve());
        } catch (IOException | RuntimeException e) {
            totals.completeExceptionally(e);
        }
    }

    /** Between the two dumps the shell ran a few instructions: its stack may differ, the text may not. */
    private static void assertSameMemory(Map<String, Integer> plain, Map<String, Integer> ours) {
        Set<String> different = new TreeSet<>();
        plain.forEach((place, hash) -> {
            if (!hash.equals(ours.get(place))) {
                different.add(place);
            }
        });
        assertThat(ours.size()).isBetween(plain.size() - 8, plain.size() + 8);
        assertThat(different).hasSizeLessThan(16);
    }

    private String checksum() throws IOException {
        Path sum = directory.resolve("sum");
        Files.deleteIfExists(sum);
        new ProcessBuilder("kill", "-USR1", Integer.toString(pid)).inheritIO().start();
        Awaitility.await().until(() -> Files.exists(sum));
        return Files.readString(sum);
    }
}
