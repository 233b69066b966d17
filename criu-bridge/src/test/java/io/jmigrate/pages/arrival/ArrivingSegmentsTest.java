package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.SharedMemory;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingSegmentsTest {
    private static final SharedMemory MEMORY = new SharedMemory(1027);
    private static final int PAGES_ID = 3;
    private static final int HEAP_BYTES = 100_000;

    @TempDir
    Path images;

    private final Bookkeeping bookkeeping = new Bookkeeping(HEAP_BYTES);
    private ArrivingSegments segments;

    @BeforeEach
    void begin() {
        segments = with(1000);
    }

    @AfterEach
    void end() {
        segments.close();
    }

    private ArrivingSegments with(long pagesMax) {
        return new ArrivingSegments(images, pagesMax, bookkeeping.open(Long.MAX_VALUE));
    }

    private static PageRun run(int page, int pages) {
        return new PageRun(MEMORY, (long) page * PageRun.PAGE_BYTES, pages, PageContent.PRESENT_LAZY);
    }

    /** Each page is full of its own byte. */
    private void put(int page, int... contents) {
        ByteBuffer data = ByteBuffer.allocate(contents.length * PageRun.PAGE_BYTES);
        for (int content : contents) {
            data.put(filled(content));
        }
        segments.put(MEMORY, run(page, contents.length), data.flip());
    }

    private static byte[] filled(int content) {
        byte[] page = new byte[PageRun.PAGE_BYTES];
        Arrays.fill(page, (byte) content);
        return page;
    }

    /** What CRIU would read, as page=content. */
    private List<String> restored() throws IOException {
        byte[] pages = Files.readAllBytes(images.resolve(PageImages.pages(PAGES_ID)));
        List<String> found = new ArrayList<>();
        try (ImageReader reader = ImageReader.open(images.resolve(PageImages.pagemap(MEMORY)), ImageKind.PAGEMAP)) {
            assertThat(reader.one(PagemapHead.parser()).getPagesId()).isEqualTo(PAGES_ID);
            for (PagemapEntry entry : reader.rest(PagemapEntry.parser())) {
                for (int i = 0; i < entry.getNrPages(); i++) {
                    int at = found.size() * PageRun.PAGE_BYTES;
                    byte[] page = Arrays.copyOfRange(pages, at, at + PageRun.PAGE_BYTES);
                    assertThat(page).isEqualTo(filled(page[0]));
                    found.add(entry.getVaddr() / PageRun.PAGE_BYTES + i + "=" + page[0]);
                }
            }
        }
        assertThat(pages).hasSize(found.size() * PageRun.PAGE_BYTES);
        return found;
    }

    private void dumped(PageRun... runs) throws IOException {
        SharedImages.writePagemap(images, MEMORY, PAGES_ID, runs);
    }

    @Test
    void theFileIsAsCriuHasWrittenItWithTheLatestContent() throws IOException {
        put(0, 1, 2, 3);
        put(5, 4);
        put(1, 7);
        dumped(run(0, 2), run(2, 1), run(5, 1));
        byte[] pagemap = Files.readAllBytes(images.resolve(PageImages.pagemap(MEMORY)));

        segments.complete();

        assertThat(restored()).containsExactly("0=1", "1=7", "2=3", "5=4");
        assertThat(images.resolve(PageImages.pagemap(MEMORY))).hasBinaryContent(pagemap);
        try (Stream<Path> left = Files.list(images)) {
            assertThat(left).hasSize(2);
        }
    }

    @Test
    void pagesThatCameLaterAreInAnotherOrder() throws IOException {
        put(3, 3, 4);
        put(1, 1);
        put(4, 8, 5);
        dumped(run(1, 1), run(3, 3));

        segments.complete();

        assertThat(restored()).containsExactly("3=3", "4=8", "1=1", "5=5");
    }

    @Test
    void pagesThatAreNoMoreAreTakenOut() throws IOException {
        put(0, 1, 2, 3, 4, 5);
        dumped(run(0, 1), run(3, 2));

        segments.complete();

        assertThat(restored()).containsExactly("0=1", "4=5", "3=4");
    }

    @Test
    void zerosTakeThePlaceOfWhatWasThere() throws IOException {
        put(0, 1, 2);
        segments.putZeros(MEMORY, run(1, 3));
        dumped(run(0, 1), run(2, 2));

        segments.complete();

        assertThat(restored()).containsExactly("0=1", "3=0", "2=0");
    }

    @Test
    void readsWhatHasCome() {
        put(2, 6);
        segments.putZeros(MEMORY, run(3, 1));
        ByteBuffer page = ByteBuffer.allocate(PageRun.PAGE_BYTES);
        segments.read(MEMORY, 2L * PageRun.PAGE_BYTES, page);
        assertThat(page.array()).isEqualTo(filled(6));
        segments.read(MEMORY, 3L * PageRun.PAGE_BYTES, page.clear());
        assertThat(page.array()).isEqualTo(filled(0));
        assertThatThrownBy(() -> segments.read(MEMORY, 0, page.clear())).hasMessageContaining("was not sent");
    }

    @Test
    void anEmptyObjectHasAnEmptyFile() throws IOException {
        dumped();
        segments.complete();
        assertThat(restored()).isEmpty();
    }

    @Test
    void refusesImagesThatNameMoreThanWasSent() throws IOException {
        put(0, 1);
        dumped(run(0, 2));
        assertThatThrownBy(segments::complete)
                .hasMessage("the page of shared memory 1027 at 0x1000 was not sent")
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_PROTOCOL));
    }

    @Test
    void refusesAnImageInItsPlace() throws IOException {
        put(0, 1);
        dumped(run(0, 1));
        Files.createFile(images.resolve(PageImages.pages(PAGES_ID)));
        assertThatThrownBy(segments::complete).hasMessageContaining("came in an image, too");
    }

    @Test
    void refusesPagemapsThatNoDumpWrites() throws IOException {
        put(0, 1);
        dumped(run(0, 1), run(0, 1));
        assertThatThrownBy(segments::complete).hasMessageContaining("that no dump of shared memory has");
    }

    @Test
    void whatIsDroppedIsGone() throws IOException {
        put(0, 1);
        segments.drop(MEMORY);
        put(1, 2);
        dumped(run(1, 1));
        segments.complete();
        assertThat(restored()).containsExactly("1=2");
    }

    @Test
    void takesNoMoreThanWasAnnounced() {
        segments.putZeros(MEMORY, run(0, 1000));
        segments.putZeros(MEMORY, run(0, 1000));
        assertThatThrownBy(() -> segments.putZeros(MEMORY, run(1000, 1))).hasMessageContaining("over 1000 pages");
        assertThatThrownBy(() -> segments.putZeros(MEMORY, run(2000, 1 << 30))).hasMessageContaining("over 1000 pages");
    }

    /** 20 GiB, for which little over a MiB of heap is taken, less than half of what there is. */
    @Test
    void takesObjectsThatAreLargerThanTheHeap() throws IOException {
        int pages = 5 << 20;
        segments = new ArrivingSegments(images, 2L * pages, new Bookkeeping(3 << 20).open(Long.MAX_VALUE));
        segments.putZeros(MEMORY, run(0, pages));
        put(pages, 7);
        dumped(run(pages - 1, 2));

        segments.complete();

        assertThat(restored()).containsExactlyInAnyOrder((pages - 1) + "=0", pages + "=7");
    }

    /** A peer decides which objects there are, and where their pages are. */
    @Test
    void takesNoMoreHeapThanThereIsForIt() {
        segments = with(1 << 20);
        assertThatThrownBy(() -> {
                    for (int object = 0; object < HEAP_BYTES; object++) {
                        SharedMemory memory = new SharedMemory(object);
                        PageRun run = new PageRun(memory, 0, 1, PageContent.PRESENT_LAZY);
                        segments.putZeros(memory, run);
                    }
                })
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_NO_SPACE))
                .hasMessageContaining("strewn");
        assertThatThrownBy(() -> {
                    for (int page = 0; page < HEAP_BYTES; page++) {
                        segments.putZeros(MEMORY, run(page << 10, 1));
                    }
                })
                .hasMessageContaining("strewn");
    }

    @Test
    void countsTablesOfStrewnPagesAsWhatIsKept() {
        segments = new ArrivingSegments(images, 1 << 20, bookkeeping.open(10 * 2 * PageRun.PAGE_BYTES));
        for (int page = 0; page < 10; page++) {
            segments.putZeros(MEMORY, run(page << 10, 1));
        }
        assertThatThrownBy(() -> segments.putZeros(MEMORY, run(10 << 10, 1))).hasMessageContaining("more memory");
    }

    /** A peer sends the images, too. */
    @Test
    void takesNoMoreHeapForPagemapsThanThereIs() throws IOException {
        segments.putZeros(MEMORY, run(0, 1000));
        PageRun[] single = new PageRun[1000];
        for (int page = 0; page < single.length; page++) {
            single[page] = run(page, 1);
        }
        dumped(single); // over 10 kB
        assertThatThrownBy(segments::complete)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_NO_SPACE));
    }

    @Test
    void takesNoMoreHeapForTheOrderOfPagesThanThereIs() throws IOException {
        segments = with(2000);
        for (int page = 1999; page >= 0; page--) {
            segments.putZeros(MEMORY, run(page, 1)); // each in a run of its own
        }
        dumped(run(0, 2000));
        assertThatThrownBy(segments::complete)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_NO_SPACE));
    }

    @Test
    void whatPagemapsTakeIsGivenBack() throws IOException {
        Bookkeeping.Account account = bookkeeping.open(Long.MAX_VALUE);
        segments = new ArrivingSegments(images, 1000, account);
        segments.putZeros(MEMORY, run(0, 300));
        PageRun[] every = new PageRun[100];
        for (int i = 0; i < every.length; i++) {
            every[i] = run(3 * i, 1);
        }
        dumped(every);
        segments.complete();
        account.heap(HEAP_BYTES / 2 - 600); // there is nothing but the object and its piece
        account.close();
    }

    @Test
    void whatIsDroppedIsGivenBack() {
        Bookkeeping.Account account = bookkeeping.open(3L * 2 * PageRun.PAGE_BYTES);
        segments = new ArrivingSegments(images, 1 << 20, account);
        for (int time = 0; time < 1000; time++) {
            SharedMemory memory = new SharedMemory(time);
            for (int page = 0; page < 3; page++) {
                segments.putZeros(memory, new PageRun(memory, (long) page << 22, 1, PageContent.PRESENT_LAZY));
            }
            segments.drop(memory);
        }
        account.heap(HEAP_BYTES / 2);
        account.close();
    }
}
