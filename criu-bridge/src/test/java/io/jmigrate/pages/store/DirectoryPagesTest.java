package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image directory of one process, whose pages are numbered by their place in the file. */
class DirectoryPagesTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(7);
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final int LAZY = PageContent.PRESENT_LAZY.flags();
    private static final int NOW = PageContent.PRESENT.flags();

    @TempDir
    private Path directory;

    private record Entry(long page, long pages, int flags) {}

    private void images(Entry... entries) throws IOException {
        int total = 0;
        try (OutputStream file = Files.newOutputStream(directory.resolve("pagemap-7.img"));
                ImageWriter writer = new ImageWriter(file, ImageKind.PAGEMAP)) {
            writer.write(PagemapHead.newBuilder().setPagesId(3).build());
            for (Entry entry : entries) {
                writer.write(PagemapEntry.newBuilder()
                        .setVaddr(entry.page() * PAGE)
                        .setCompatNrPages(0)
                        .setNrPages(entry.pages())
                        .setFlags(entry.flags())
                        .build());
                total += (int) entry.pages();
            }
        }
        byte[] pages = new byte[total * PAGE];
        for (int page = 0; page < total; page++) {
            Arrays.fill(pages, page * PAGE, (page + 1) * PAGE, (byte) page);
        }
        Files.write(directory.resolve("pages-3.img"), pages);
    }

    private static PageRun lazy(long page, long pages) {
        return new PageRun(PROCESS, page * PAGE, pages, PageContent.PRESENT_LAZY);
    }

    @Test
    void pagesForLaterAreReadFromBetweenTheOthers() throws IOException {
        images(new Entry(10, 2, LAZY), new Entry(20, 3, NOW), new Entry(23, 2, LAZY), new Entry(25, 1, LAZY));
        try (StoredPages store = DirectoryPages.open(directory)) {
            assertThat(store.lazy(PROCESS)).isEqualTo(List.of(lazy(10, 2), lazy(23, 3)));
            assertThat(store.lazyBytes()).isEqualTo(5L * PAGE);

            ByteBuffer target = ByteBuffer.allocate(2 * PAGE);
            store.read(PROCESS, 24 * PAGE, target);

            assertThat(target.hasRemaining()).isFalse();
            assertThat(target.get(0)).isEqualTo((byte) 6);
            assertThat(target.get(2 * PAGE - 1)).isEqualTo((byte) 7);
        }
    }

    @Test
    void nothingElseIsGiven() throws IOException {
        images(new Entry(10, 2, LAZY), new Entry(20, 3, NOW));
        try (StoredPages store = DirectoryPages.open(directory)) {
            assertThatThrownBy(() -> store.read(PROCESS, 20 * PAGE, ByteBuffer.allocate(PAGE)))
                    .hasMessage("the images have no page of process 7 at 0x14000");
            assertThatThrownBy(() -> store.read(PROCESS, 11 * PAGE, ByteBuffer.allocate(2 * PAGE)))
                    .hasMessage("the images have no page of process 7 at 0xc000");
            assertThatThrownBy(() -> store.lazy(new ProcessMemory(8)))
                    .hasMessage("the images have no memory of process 8");
        }
    }

    @Test
    void damagedImagesAreRefused() throws IOException {
        images(new Entry(10, 2, LAZY), new Entry(11, 3, LAZY));
        assertRefused("is out of order");
        images(new Entry(10, 2, PageContent.ABSENT_LAZY.flags()));
        assertRefused("a lazy dump has left pages at its source");
        images(new Entry(10, 0, LAZY));
        assertRefused("has an impossible entry");
    }

    private void assertRefused(String end) {
        assertThatThrownBy(() -> DirectoryPages.open(directory))
                .hasMessageStartingWith("cannot read the memory in " + directory)
                .hasMessageEndingWith(end)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_IO));
    }

    @Test
    void aFileThatEndsTooEarlyIsAnError() throws IOException {
        images(new Entry(10, 2, LAZY));
        Files.write(directory.resolve("pages-3.img"), new byte[PAGE]);
        try (StoredPages store = DirectoryPages.open(directory)) {
            assertThatThrownBy(() -> store.read(PROCESS, 10 * PAGE, ByteBuffer.allocate(2 * PAGE)))
                    .hasMessage("cannot read pages-3.img: the file ends too early");
        }
    }
}
