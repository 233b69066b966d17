package io.jmigrate.pages.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.ImageReader;
import io.jmigrate.criu.image.ImageWriter;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageCode;
import io.jmigrate.pages.PageRun;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** This process stands in for one that stands still: its own memory is named by a pagemap of a lazy dump. */
class FrozenMemoryTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final int PAGES = 1000;
    private static final int IN_PARENT = 1;
    private static final int LAZY = 2;
    private static final int PRESENT = 4;

    @TempDir
    Path directory;

    private final Arena arena = Arena.ofConfined();
    private final int pid = (int) ProcessHandle.current().pid();
    private MemorySegment memory;
    private byte[] content;
    private byte[] written;

    @BeforeEach
    void fill() throws IOException {
        memory = arena.allocate((long) PAGES * PAGE, PAGE);
        content = new byte[PAGES * PAGE];
        new Random(5).nextBytes(content);
        Arrays.fill(content, 300 * PAGE, 400 * PAGE, (byte) 0);
        Arrays.fill(content, 990 * PAGE, 1000 * PAGE, (byte) 0);
        memory.copyFrom(MemorySegment.ofArray(content));
        written = new byte[3 * PAGE];
        new Random(6).nextBytes(written);
        Files.write(directory.resolve("pages-7.img"), written);
    }

    @AfterEach
    void free() {
        arena.close();
    }

    private PagemapEntry entry(long page, long pages, int flags) {
        return PagemapEntry.newBuilder()
                .setVaddr(memory.address() + page * PAGE)
                .setCompatNrPages(0)
                .setNrPages(pages)
                .setFlags(flags)
                .build();
    }

    private void pagemap(long id, PagemapEntry... entries) throws IOException {
        try (ImageWriter writer = new ImageWriter(
                Files.newOutputStream(directory.resolve("pagemap-" + id + ".img")), ImageKind.PAGEMAP)) {
            writer.write(PagemapHead.newBuilder().setPagesId(7).build());
            for (PagemapEntry entry : entries) {
                writer.write(entry);
            }
        }
    }

    /** Lazy and written pages take turns, and lazy ones follow each other. */
    private void pagemap() throws IOException {
        pagemap(
                pid,
                entry(0, 10, LAZY),
                entry(10, 1, PRESENT),
                entry(11, 5, IN_PARENT),
                entry(20, 300, LAZY),
                entry(320, 600, LAZY),
                entry(930, 2, LAZY | PRESENT),
                entry(940, 60, LAZY));
    }

    private byte[] expected() {
        ByteBuffer file = ByteBuffer.allocate(973 * PAGE);
        file.put(content, 0, 10 * PAGE).put(written, 0, PAGE);
        file.put(content, 20 * PAGE, 900 * PAGE).put(written, PAGE, 2 * PAGE);
        return file.put(content, 940 * PAGE, 60 * PAGE).array();
    }

    @Test
    void putsTogetherWhatAPlainDumpWouldHaveWritten() throws IOException {
        pagemap();
        try (FrozenMemory frozen = FrozenMemory.of(directory, pid)) {
            assertThat(frozen.bytes()).isEqualTo(973L * PAGE);
            frozen.complete(() -> {});
        }
        assertComplete();
    }

    private void assertComplete() throws IOException {
        Path pages = directory.resolve("pages-7.img");
        assertThat(Files.readAllBytes(pages)).isEqualTo(expected());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pages)))
                .isEqualTo("rw-------");
        try (ImageReader reader = ImageReader.open(directory.resolve("pagemap-" + pid + ".img"), ImageKind.PAGEMAP)) {
            assertThat(reader.one(PagemapHead.parser()).getPagesId()).isEqualTo(7);
            List<PagemapEntry> entries = reader.rest(PagemapEntry.parser());
            assertThat(entries.stream().map(PagemapEntry::getFlags))
                    .containsExactly(
                            LAZY | PRESENT,
                            PRESENT,
                            IN_PARENT,
                            LAZY | PRESENT,
                            LAZY | PRESENT,
                            LAZY | PRESENT,
                            LAZY | PRESENT);
            assertThat(entries.get(3)).isEqualTo(entry(20, 300, LAZY | PRESENT));
        }
    }

    @Test
    void keepsACopyWhenTheTreeHasGoneOn() throws IOException {
        pagemap();
        try (MemoryCopy copy = copied()) {
            memory.fill((byte) 1);
            assertThat(copy.files().getFirst().bytes()).isEqualTo(973L * PAGE);
            ByteBuffer part = ByteBuffer.allocateDirect(3 * PAGE);
            copy.files().getFirst().read(9L * PAGE, part);
            byte[] read = new byte[3 * PAGE];
            part.get(0, read);
            assertThat(read).isEqualTo(Arrays.copyOfRange(expected(), 9 * PAGE, 12 * PAGE));
            copy.complete(() -> {});
        }
        assertComplete();
    }

    private MemoryCopy copied() {
        try (FrozenMemory frozen = FrozenMemory.of(directory, pid)) {
            return frozen.copied(() -> {});
        }
    }

    @Test
    void failsOnAPageThatCannotBeRead() throws IOException {
        pagemap(
                pid,
                PagemapEntry.newBuilder()
                        .setVaddr(4096)
                        .setCompatNrPages(0)
                        .setNrPages(1)
                        .setFlags(LAZY)
                        .build());
        try (FrozenMemory frozen = FrozenMemory.of(directory, pid)) {
            assertThatThrownBy(() -> frozen.complete(() -> {}))
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(PageCode.PAGES_IO))
                    .hasMessageContaining("cannot read the memory of process " + pid + " at 0x1000: ");
        }
    }

    @Test
    void failsOnAPagemapOfAProcessThatIsNotThere() throws IOException {
        pagemap(Integer.MAX_VALUE, entry(0, 1, LAZY));
        assertThatThrownBy(() -> FrozenMemory.of(directory, pid))
                .hasMessageContaining("pagemap-2147483647.img is of a process that is not there");
    }

    @Test
    void stopsWhenItIsToldTo() throws IOException {
        pagemap();
        try (FrozenMemory frozen = FrozenMemory.of(directory, pid)) {
            assertThatThrownBy(() -> frozen.complete(() -> {
                        throw new IllegalStateException("no more");
                    }))
                    .hasMessage("no more");
        }
    }

    @Test
    void leavesCompletePagesAlone() throws IOException {
        pagemap(pid, entry(0, 3, PRESENT));
        try (FrozenMemory frozen = FrozenMemory.of(directory, pid)) {
            assertThat(frozen.files()).isEmpty();
        }
    }
}
