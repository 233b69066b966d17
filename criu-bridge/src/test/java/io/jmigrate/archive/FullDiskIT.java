package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.pages.arrival.ArrivingPages;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FailureCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens on a file system of two mebibytes. */
@Timeout(60)
class FullDiskIT {
    @TempDir
    Path directory;

    private Path small;
    private Checkpoint checkpoint;

    @BeforeEach
    void mount() throws Exception {
        small = Files.createDirectory(directory.resolve("small"));
        int status = run("mount", "-t", "tmpfs", "-o", "size=2m", "jmigrate-test", small.toString());
        assumeTrue(status == 0, "mounting a small file system needs root");
        checkpoint = Checkpoint.in(directory);
        Files.write(checkpoint.images().resolve("pages-1.img"), noise(4 << 20));
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", small.toString());
    }

    @Test
    void anExportSaysSoAndLeavesNothing() throws IOException {
        Path file = small.resolve("web.tar.zst");
        assertFails(
                ArchiveCode.ARCHIVE_NO_SPACE,
                "no space is left for archive " + file,
                () -> ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT)));
        assertEmpty();
    }

    @Test
    void anImportSaysSoAndLeavesNothing() throws IOException {
        Path file = directory.resolve("web.tar.zst");
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        Path out = small.resolve("out");
        assertFails(
                ArchiveCode.ARCHIVE_NO_SPACE,
                "no space is left to extract the archive to " + out,
                () -> ArchiveReader.read(new ImportRequest(file, out, Limits.DEFAULT, Progress.SILENT)));
        assertEmpty();
    }

    @Test
    void memoryThatDoesNotFitIsAFailureOfItsOwn() {
        PageTarget init = new PageTarget.ProcessMemory(1);
        Path file = small.resolve("memory");
        try (ArrivingPages pages = ArrivingPages.create(file, 1 << 20)) {
            assertFails(PageCode.PAGES_NO_SPACE, "no space is left for memory in " + file, () -> {
                for (int i = 0; i < 4; i++) {
                    PageRun run = new PageRun(init, (long) (i + 1) << 20, 256, PageContent.PRESENT_LAZY);
                    pages.put(run, ByteBuffer.wrap(noise(1 << 20)));
                }
            });
        }
    }

    private void assertEmpty() throws IOException {
        try (Stream<Path> left = Files.list(small)) {
            assertThat(left).isEmpty();
        }
    }

    private static void assertFails(FailureCode code, String sentence, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(Optional.of(failure.code()))
                        .contains(code))
                .hasMessage(sentence);
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
