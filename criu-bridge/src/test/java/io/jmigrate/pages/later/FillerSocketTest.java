package io.jmigrate.pages.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The conversation with a filler whose first connection nobody reads, as if it was killed when it had accepted that. */
@Timeout(60)
class FillerSocketTest {
    private static final Duration LIMIT = Duration.ofMillis(100);

    /** Says which words and addresses come over the second connection, up to those of the last one. */
    private static final String FILLER = """
            import socket, struct
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            listener.bind('later-pages.socket')
            listener.listen(1)
            print('listening', flush=True)
            unread, _ = listener.accept()
            read, _ = listener.accept()
            while packet := read.recv(24):
                word, _, address, _ = struct.unpack('=IIQQ', packet)
                print(word, address, flush=True)
            """;

    private static final int COME = 3;
    private static final int LOOK = 4;

    @TempDir
    private Path directory;

    private Process filler;

    private static final class Heard implements FillerLink.Listener {
        private final AtomicInteger gone = new AtomicInteger();

        @Override
        public void wanted(PageRun run) {}

        @Override
        public void answered(long nanos) {}

        @Override
        public void gone() {
            gone.incrementAndGet();
        }
    }

    @AfterEach
    void end() {
        if (filler != null) {
            filler.destroyForcibly();
        }
    }

    private BufferedReader start() throws IOException {
        filler = new ProcessBuilder("python3", "-c", FILLER)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = filler.inputReader();
        assertThat(said.readLine()).isEqualTo("listening");
        return said;
    }

    private static PageRun page(long number) {
        return new PageRun(new ProcessMemory(1), number * PageRun.PAGE_BYTES, 1, PageContent.PRESENT_LAZY);
    }

    @Test
    void whoDoesNotReadIsGivenUpForAnotherConnection() throws IOException {
        BufferedReader said = start();
        Heard heard = new Heard();
        FillerLink link = FillerSocket.connect(directory, heard, LIMIT).orElseThrow();

        long sent = 0;
        while (!said.ready()) { // until it is read
            sent++;
            link.come(page(sent));
        }
        link.close();

        assertThat(said.readLine()).as("what was lost").isEqualTo(LOOK + " 0");
        String next = said.readLine();
        assertThat(next).as("what was not").startsWith(COME + " ");
        long first = Long.parseLong(next.substring(2)) / PageRun.PAGE_BYTES;
        assertThat(said.lines()).as("all since").hasSize((int) (sent - first));
        assertThat(heard.gone).hasValue(0);
    }

    @Test
    void whoIsGoneIsToldOf() throws IOException, InterruptedException {
        start();
        Heard heard = new Heard();
        try (FillerLink link = FillerSocket.connect(directory, heard, LIMIT).orElseThrow()) {
            filler.destroyForcibly().waitFor();
            await().until(() -> heard.gone.get() == 1);
            link.come(page(1));
        }
        assertThat(FillerSocket.connect(directory, heard, LIMIT)).isEmpty();
    }
}
