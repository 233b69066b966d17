package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageDirectorySinkTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final PageTarget INIT = new PageTarget.ProcessMemory(1);
    private static final PageTarget SEGMENT = new PageTarget.SharedMemory(9);

    @TempDir
    Path directory;

    @Test
    void joinsRunsThatContinueEachOtherIntoOneEntry() throws IOException {
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            sink.pages(run(INIT, 0x1000, 2, PageContent.PRESENT), filled(2, 7));
            sink.pages(run(INIT, 0x3000, 1, PageContent.PRESENT), filled(1, 8));
            sink.pages(run(INIT, 0x4000, 1, PageContent.PRESENT_LAZY), filled(1, 9));
            sink.hole(run(INIT, 0x9000, 1L << 33, PageContent.IN_PARENT));
            sink.finish();
        }
        List<PagemapEntry> entries = entries("pagemap-1.img");
        assertThat(entries).extracting(PagemapEntry::getVaddr).containsExactly(0x1000L, 0x4000L, 0x9000L);
        assertThat(entries).extracting(PagemapEntry::getNrPages).containsExactly(3L, 1L, 1L << 33);
        assertThat(entries).extracting(PagemapEntry::getFlags).containsExactly(4, 6, 1);
        assertThat(pages("pagemap-1.img")).hasSize(4 * PAGE).startsWith(7).endsWith(9);
    }

    @Test
    void givesEveryTargetItsOwnFiles() throws IOException {
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            sink.pages(run(INIT, 0x1000, 1, PageContent.PRESENT), filled(1, 1));
            sink.open(SEGMENT);
            sink.pages(run(SEGMENT, 0, 1, PageContent.PRESENT), filled(1, 2));
            sink.open(new PageTarget.ProcessMemory(2));
            sink.finish();
        }
        assertThat(pages("pagemap-1.img")).hasSize(PAGE).containsOnly(1);
        assertThat(pages("pagemap-shmem-9.img")).hasSize(PAGE).containsOnly(2);
        assertThat(pages("pagemap-2.img")).isEmpty();
    }

    @Test
    void leavesZeroPagesAsHolesThatReadTheSame() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(256 * PAGE);
        data.put(17 * PAGE + 4095, (byte) 1).put(18 * PAGE, (byte) 2);
        byte[] expected = Arrays.copyOf(data.array(), data.capacity());
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            sink.pages(run(INIT, 0x1000, 256, PageContent.PRESENT), data);
            sink.finish();
        }
        assertThat(data.remaining()).isZero();
        assertThat(pages("pagemap-1.img")).isEqualTo(expected);
        Path file = directory.resolve("pages-" + 0x10001 + ".img");
        assertThat((Long) Files.getAttribute(file, "unix:size")).isEqualTo(256L * PAGE);
    }

    @Test
    void makesFilesThatOnlyTheirOwnerReads() throws IOException {
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            sink.finish();
        }
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void refusesPagesThatGoBackwards() {
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            sink.pages(run(INIT, 0x5000, 2, PageContent.PRESENT), filled(2, 1));
            assertFails(
                    PageCode.PAGES_PROTOCOL,
                    "pages of process 1 came out of order at address 0x6000",
                    () -> sink.pages(run(INIT, 0x6000, 1, PageContent.PRESENT), filled(1, 1)));
        }
    }

    @Test
    void refusesPagesOfAnotherTargetThanTheOpenOne() {
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            sink.open(INIT);
            assertFails(
                    PageCode.PAGES_PROTOCOL,
                    "pages of shared memory 9 came while it was not open",
                    () -> sink.hole(run(SEGMENT, 0x5000, 2, PageContent.ABSENT_LAZY)));
        }
    }

    @Test
    void neverWritesOverExistingImages() throws IOException {
        Files.createSymbolicLink(directory.resolve("pagemap-1.img"), Path.of("elsewhere"));
        try (ImageDirectorySink sink = new ImageDirectorySink(directory)) {
            assertThatThrownBy(() -> sink.open(INIT))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("writing the memory of process 1 to " + directory + " failed");
        }
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    private static void assertFails(PageCode code, String sentence, Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(sentence);
    }

    private static PageRun run(PageTarget target, long address, long pages, PageContent content) {
        return new PageRun(target, address, pages, content);
    }

    private static ByteBuffer filled(int pages, int value) {
        byte[] bytes = new byte[pages * PAGE];
        Arrays.fill(bytes, (byte) value);
        return ByteBuffer.wrap(bytes);
    }

    private List<PagemapEntry> entries(String name) throws IOException {
        try (ImageReader reader = ImageReader.open(directory.resolve(name), ImageKind.PAGEMAP)) {
            reader.one(PagemapHead.parser());
            List<PagemapEntry> entries = new ArrayList<>();
            for (Optional<PagemapEntry> entry = reader.next(PagemapEntry.parser());
                    entry.isPresent();
                    entry = reader.next(PagemapEntry.parser())) {
                entries.add(entry.get());
            }
            return entries;
        }
    }

    private byte[] pages(String pagemap) throws IOException {
        try (ImageReader reader = ImageReader.open(directory.resolve(pagemap), ImageKind.PAGEMAP)) {
            int id = reader.one(PagemapHead.parser()).getPagesId();
            return Files.readAllBytes(directory.resolve("pages-" + id + ".img"));
        }
    }
}
