package io.jmigrate.pages.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageImages;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import io.jmigrate.pages.StoredRun;
import io.jmigrate.runtime.linux.FileSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivingPagesTest {
    private static final ProcessMemory PROCESS = new ProcessMemory(7);
    private static final long BASE = 0x7f0000200000L - 2 * PageRun.PAGE_BYTES; // across the border of two chunks
    private static final int PAGES = 1100;

    @TempDir
    Path directory;

    private static PageRun run(ProcessMemory process, int page, int pages) {
        return new PageRun(process, BASE + (long) page * PageRun.PAGE_BYTES, pages, PageContent.PRESENT_LAZY);
    }

    private static ByteBuffer content(int pages, int first) {
        ByteBuffer data = ByteBuffer.allocate(pages * PageRun.PAGE_BYTES);
        for (int i = 0; i < pages; i++) {
            data.putInt(i * PageRun.PAGE_BYTES, first + i);
        }
        return data;
    }

    private static int first(ArrivedPages pages, PageRun run) {
        ByteBuffer page = ByteBuffer.allocate(PageRun.PAGE_BYTES);
        pages.read(PROCESS, run.address(), page);
        return page.getInt(0);
    }

    @Test
    void givesTheLatestContentOfWhatTheDumpNames() throws IOException {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 100);
                ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
            arriving.put(run(PROCESS, 0, 4), content(4, 10));
            arriving.put(run(PROCESS, 1, 1), content(1, 77));
            arriving.putZeros(run(PROCESS, 2, 1));
            LazyImages.write(directory, PROCESS, run(PROCESS, 0, 3));

            assertThat(arrived.lazyBytes()).isEqualTo(3 * PageRun.PAGE_BYTES);
            assertThat(first(arrived, run(PROCESS, 0, 1))).isEqualTo(10);
            assertThat(first(arrived, run(PROCESS, 1, 1))).isEqualTo(77);
            assertThat(first(arrived, run(PROCESS, 2, 1))).isZero();
        }
    }

    @Test
    void namesFilesThatHoldAllOfIt() throws IOException {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 100);
                ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
            arriving.put(run(PROCESS, 0, 4), content(4, 10));
            LazyImages.write(directory, PROCESS, run(PROCESS, 0, 4));

            List<StoredRun> files = arrived.files().orElseThrow();

            assertThat(files).extracting(StoredRun::run).containsExactly(run(PROCESS, 0, 4));
            assertThat(files.getFirst().file().number()).isPositive();
        }
    }

    @Test
    void refusesADumpThatNamesWhatHasNotCome() throws IOException {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 100);
                ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
            arriving.put(run(PROCESS, 0, 1), content(1, 10));
            LazyImages.write(directory, PROCESS, run(PROCESS, 0, 2));

            assertThatThrownBy(arrived::lazyBytes).hasMessageContaining("0x7f00001ff000 was not sent");
        }
    }

    @Test
    void makesCompleteImagesWhereMemoryHasToBeThereFirst() throws IOException {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 100);
                ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
            arriving.put(run(PROCESS, 0, 4), content(4, 10));
            LazyImages.write(directory, PROCESS, run(PROCESS, 1, 2));

            arrived.settle();

            assertThat(Files.readAllBytes(directory.resolve(PageImages.pages(7))))
                    .isEqualTo(content(2, 11).array());
        }
    }

    @Test
    void holdsNoMorePagesThanItMay() {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 3)) {
            arriving.putZeros(run(PROCESS, 0, 3));
            arriving.putZeros(run(PROCESS, 1, 2));
            PageRun more = run(PROCESS, 3, 1);
            assertThatThrownBy(() -> arriving.putZeros(more)).hasMessageContaining("over 12 KiB");
        }
    }

    @Test
    void forgetsAProcessThatHasEndedAndUsesItsPlacesAgain() throws IOException {
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), 4);
                ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
            ProcessMemory ended = new ProcessMemory(8);
            arriving.put(run(ended, 0, 4), content(4, 99));
            arriving.drop(ended);
            arriving.put(run(PROCESS, 1, 1), content(1, 10));
            arriving.putZeros(run(PROCESS, 0, 1));
            LazyImages.write(directory, PROCESS, run(PROCESS, 0, 2));

            assertThat(arriving.pages()).isEqualTo(2);
            assertThat(first(arrived, run(PROCESS, 0, 1))).isZero();
            assertThat(first(arrived, run(PROCESS, 1, 1))).isEqualTo(10);
        }
    }

    @Test
    void takesNoRoomForZerosInThePlaceOfSomethingElse() throws IOException {
        Path file = directory.resolve("memory");
        try (ArrivingPages arriving = ArrivingPages.create(file, 100)) {
            arriving.put(run(PROCESS, 0, 50), content(50, 1));
            arriving.putZeros(run(PROCESS, 0, 50));

            assertThat((long) Files.getAttribute(file, "unix:size")).isPositive();
            assertThat(FileSpace.of(file)).isZero();
        }
    }

    @Test
    void aComparisonGivesBackWhatItTookToKeepAccount() throws IOException {
        Bookkeeping.Account account = new Bookkeeping(200_000).open(Long.MAX_VALUE);
        try (ArrivingPages arriving = ArrivingPages.create(directory.resolve("memory"), account)) {
            PageRun[] runs = new PageRun[200];
            for (int i = 0; i < runs.length; i++) {
                runs[i] = run(PROCESS, 2 * i, 1);
                arriving.putZeros(runs[i]);
            }
            LazyImages.write(directory, PROCESS, runs);
            for (int time = 0; time < 10; time++) { // twice would be too much otherwise
                try (ArrivedPages arrived = new ArrivedPages(directory, arriving)) {
                    assertThat(arrived.lazyBytes()).isEqualTo(200L * PageRun.PAGE_BYTES);
                }
            }
        }
    }

    @Property(tries = 60)
    void isAMapFromPagesToTheirLatestContent(@ForAll long seed) throws IOException {
        Path made = Files.createTempDirectory("arriving");
        Random random = new Random(seed);
        Map<Integer, Integer> model = new HashMap<>();
        try (ArrivingPages arriving = ArrivingPages.create(made.resolve("memory"), PAGES);
                ArrivedPages arrived = new ArrivedPages(made, arriving)) {
            for (int act = 0; act < 40; act++) {
                int from = random.nextInt(PAGES);
                int pages = 1 + random.nextInt(Math.min(64, PAGES - from));
                int value = random.nextInt(1 << 20);
                boolean zeros = random.nextInt(4) == 0;
                if (zeros) {
                    arriving.putZeros(run(PROCESS, from, pages));
                } else {
                    arriving.put(run(PROCESS, from, pages), content(pages, value));
                }
                for (int i = 0; i < pages; i++) {
                    model.put(from + i, zeros ? 0 : value + i);
                }
            }
            LazyImages.write(
                    made,
                    PROCESS,
                    model.keySet().stream()
                            .sorted()
                            .map(page -> run(PROCESS, page, 1))
                            .toArray(PageRun[]::new));

            assertThat(arriving.pages()).isEqualTo(model.size());
            model.forEach((page, value) -> assertThat(first(arrived, run(PROCESS, page, 1)))
                    .as("page " + page)
                    .isEqualTo(value));
        } finally {
            Files.deleteIfExists(made.resolve("memory"));
            Files.deleteIfExists(made.resolve(PageImages.pages(7)));
            Files.deleteIfExists(made.resolve(PageImages.pagemap(PROCESS)));
            Files.delete(made);
        }
    }
}
