package io.jmigrate.pages.later;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.later.LaterFiles.Placed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedPagesTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(7);

    @TempDir
    Path directory;

    private LaterFiles files;

    private static PageRun run(long page, long pages) {
        return new PageRun(PROCESS, page * PageRun.PAGE_BYTES, pages, PageContent.PRESENT_LAZY);
    }

    private static ByteBuffer bytes(int pages) {
        return ByteBuffer.allocate(pages * PageRun.PAGE_BYTES).putLong(0, 4711);
    }

    /** Pages 100 to 109 are at the beginning of the file, and the second of them has come; 200 and 201 follow behind 64 others. */
    @BeforeEach
    void begin() throws IOException {
        files = new LaterFiles(directory);
        Files.write(files.memory(), new byte[0]);
        assertThat(files.exist()).isFalse();
        files.begin(
                        List.of(new Placed(run(100, 10), 0), new Placed(run(200, 2), 64L * PageRun.PAGE_BYTES)),
                        new long[] {2, 0})
                .close();
        assertThat(files.exist()).isTrue();
    }

    @Test
    void knowsWhatHasNotCome() {
        try (AwaitedPages pages = AwaitedPages.open(files)) {
            assertThat(pages.lacking()).containsExactly(run(100, 1), run(102, 8), run(200, 2));
            assertThat(pages.missing()).isEqualTo(11);
        }
    }

    @Test
    void isRefusedInMorePiecesThanCanBeNamed() {
        try (AwaitedPages pages = AwaitedPages.open(files)) {
            pages.requireNameable(3);
            assertThatThrownBy(() -> pages.requireNameable(2)).hasMessageContaining("memory in 3 pieces");
        }
    }

    @Test
    void whatHasComeIsKnownToTheNextWhoOpensThem() throws IOException {
        try (AwaitedPages pages = AwaitedPages.open(files)) {
            pages.put(run(201, 1), bytes(1));
            pages.putZeros(run(102, 8));
            pages.put(run(100, 1), bytes(1));
            assertThat(pages.missing()).isEqualTo(1);
        }
        try (AwaitedPages pages = AwaitedPages.open(files)) {
            assertThat(pages.lacking()).containsExactly(run(200, 1));
        }
        ByteBuffer memory = ByteBuffer.wrap(Files.readAllBytes(files.memory()));
        assertThat(memory.getLong(65 * PageRun.PAGE_BYTES)).isEqualTo(4711);
        assertThat(memory.getLong(2 * PageRun.PAGE_BYTES)).isZero();
    }

    @Test
    void refusesWhatIsNotAwaitedOrHasCome() {
        try (AwaitedPages pages = AwaitedPages.open(files)) {
            assertThatThrownBy(() -> pages.put(run(101, 1), bytes(1))).hasMessageContaining("has come already");
            assertThatThrownBy(() -> pages.put(run(100, 2), bytes(2))).hasMessageContaining("has come already");
            assertThatThrownBy(() -> pages.putZeros(run(109, 2))).hasMessageContaining("is not awaited");
            assertThatThrownBy(() -> pages.putZeros(run(5, 1))).hasMessageContaining("is not awaited");
            assertThat(pages.missing()).isEqualTo(11);
        }
    }
}
