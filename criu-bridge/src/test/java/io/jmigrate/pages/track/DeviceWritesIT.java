package io.jmigrate.pages.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.UnreadableName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a look at /proc finds. */
@Timeout(60)
class DeviceWritesIT {
    private static final int TURNS = 300;
    private static final int THIS = (int) ProcessHandle.current().pid();

    @TempDir
    Path directory;

    @Test
    void filesThatAreClosedMeanwhileAreNoTrouble() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> closes = CompletableFuture.runAsync(() -> openAndClose(file, ended));
        try {
            for (int turn = 0; turn < TURNS; turn++) {
                assertThat(DeviceWrites.possibleBy(THIS)).isEmpty();
            }
        } finally {
            ended.set(true);
            closes.join();
        }
    }

    private static void openAndClose(Path file, AtomicBoolean ended) {
        while (!ended.get()) {
            try (FileChannel first = FileChannel.open(file);
                    FileChannel second = FileChannel.open(file)) {
                assertThat(first).isNotSameAs(second);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void oneThatIsReadDirectlyIsFoundWhateverTheProgramIsCalled() throws Exception {
        Path below = Files.createDirectory(directory.resolve("below"));
        Files.copy(
                Workload.compiled("direct"),
                UnreadableName.in(below),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        Path file = Files.createTempFile(Path.of("target"), "direct", null);
        Files.write(file, new byte[2048 * 4096]); // direct.c
        try (Workload direct = Workload.start("sh", "-c", "exec \"$1\"/* \"$2\"", "sh", below, file)) {
            assertThat(direct.process().inputReader().readLine()).isEqualTo("ready");
            assertThat(DeviceWrites.possibleBy(direct.root().pid())).isEmpty();
            direct.process().outputWriter().append('x').flush();
            String said = direct.process().inputReader().readLine();
            assumeTrue("open".equals(said), "files of this file system can't be read directly");

            assertThat(DeviceWrites.possibleBy(direct.root().pid())).contains("O_DIRECT");
        } finally {
            Files.delete(file);
        }
    }
}
