package io.jmigrate.pages.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import io.jmigrate.criu.image.ImageFile;
import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.AddressSpace;
import io.jmigrate.criu.image.entry.MappingEntry;
import io.jmigrate.criu.image.entry.PagemapEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.pages.PageContent;
import io.jmigrate.pages.PageRun;
import io.jmigrate.pages.PageTarget.ProcessMemory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dumps of a process with pages 0 to 9 in a mapping that can be lazy, and page 20 in one that is locked. */
class InheritedPagesTest {
    private static final int PAGE = PageRun.PAGE_BYTES;
    private static final ProcessMemory PROCESS = new ProcessMemory(7);
    private static final int LAZY = PageContent.PRESENT_LAZY.flags();
    private static final int NOW = PageContent.PRESENT.flags();
    private static final int PARENT = PageContent.IN_PARENT.flags();
    private static final int PRIVATE_ANONYMOUS = 0x22;
    private static final int LOCKED = 0x2000;

    @TempDir
    private Path directory;

    private Path oldest;
    private Path older;
    private Path images;

    private record Entry(long page, long pages, int flags) {}

    @BeforeEach
    void dump() throws IOException {
        oldest = Files.createDirectory(directory.resolve("oldest"));
        older = Files.createDirectory(directory.resolve("older"));
        images = Files.createDirectory(directory.resolve("images"));
        Files.createSymbolicLink(older.resolve("parent"), Path.of("../oldest"));
        Files.createSymbolicLink(images.resolve("parent"), Path.of("../older"));
        AddressSpace space = AddressSpace.newBuilder()
                .addVmas(mapping(0, 10, PRIVATE_ANONYMOUS))
                .addVmas(mapping(20, 21, PRIVATE_ANONYMOUS | LOCKED))
                .build();
        ImageFile.replace(images.resolve("mm-7.img"), ImageKind.ADDRESS_SPACE, List.of(space));
        write(oldest, 10, new Entry(0, 10, LAZY), new Entry(20, 1, NOW));
        write(
                older,
                40,
                new Entry(0, 4, PARENT),
                new Entry(4, 2, LAZY),
                new Entry(6, 4, PARENT),
                new Entry(20, 1, PARENT));
        write(
                images,
                70,
                new Entry(0, 1, LAZY),
                new Entry(1, 7, PARENT),
                new Entry(8, 2, NOW),
                new Entry(20, 1, PARENT));
    }

    private static MappingEntry mapping(long from, long to, int flags) {
        return MappingEntry.newBuilder()
                .setStart(from * PAGE)
                .setEnd(to * PAGE)
                .setFlags(flags)
                .setStatus(0)
                .build();
    }

    /** Each page of the dump is filled with a number of its own. */
    private static void write(Path dump, int first, Entry... entries) throws IOException {
        List<MessageLite> image = new ArrayList<>();
        image.add(PagemapHead.newBuilder().setPagesId(3).build());
        ByteBuffer pages = ByteBuffer.allocate(32 * PAGE);
        for (Entry entry : entries) {
            image.add(entry(entry.page(), entry.pages(), entry.flags()));
            for (int i = 0; i < entry.pages() && (entry.flags() & NOW) != 0; i++) {
                byte[] page = new byte[PAGE];
                Arrays.fill(page, (byte) (first + pages.position() / PAGE));
                pages.put(page);
            }
        }
        ImageFile.replace(dump.resolve("pagemap-7.img"), ImageKind.PAGEMAP, image);
        Files.write(dump.resolve("pages-3.img"), Arrays.copyOf(pages.array(), pages.position()));
    }

    private static PagemapEntry entry(long page, long pages, int flags) {
        return PagemapEntry.newBuilder()
                .setVaddr(page * PAGE)
                .setCompatNrPages(0)
                .setNrPages(pages)
                .setFlags(flags)
                .build();
    }

    @Test
    void comeLaterFromWhicheverDumpHasThem() {
        InheritedPages inherited = InheritedPages.of(images).orElseThrow();
        AtomicInteger settled = new AtomicInteger();
        try (StoredPages store = DirectoryPages.open(inherited.indexes(), settled::incrementAndGet)) {
            assertThat(store.lazyBytes()).isEqualTo(8 * PAGE);
            ByteBuffer target = ByteBuffer.allocate(8 * PAGE);
            store.read(PROCESS, 0, target);
            assertThat(firstBytes(target)).containsExactly(70, 11, 12, 13, 40, 41, 16, 17);
            store.settle();
        }
        assertThat(settled).hasPositiveValue();
    }

    private static List<Integer> firstBytes(ByteBuffer pages) {
        List<Integer> bytes = new ArrayList<>();
        for (int at = 0; at < pages.capacity(); at += PAGE) {
            bytes.add((int) pages.get(at));
        }
        return bytes;
    }

    @Test
    void areHiddenFromCriuButForThoseThatCannotComeLater() {
        int left = PageContent.ABSENT_LAZY.flags();
        InheritedPages.Pagemap pagemap =
                InheritedPages.of(images).orElseThrow().pagemaps().get(PROCESS);
        assertThat(pagemap.head().getPagesId()).isEqualTo(3);
        assertThat(pagemap.entries())
                .containsExactly(
                        entry(0, 1, LAZY),
                        entry(1, 3, left),
                        entry(4, 2, left),
                        entry(6, 2, left),
                        entry(8, 2, NOW),
                        entry(20, 1, PARENT));
    }

    @Test
    void imagesThatBuildOnNoneHaveNone() {
        assertThat(InheritedPages.of(oldest)).isEmpty();
    }

    @Test
    void damagedChainsAreRefused() throws IOException {
        write(oldest, 10, new Entry(0, 3, LAZY), new Entry(20, 1, NOW));
        assertRefused("the dump before lacks pages of process 7");
        Files.delete(oldest.resolve("pagemap-7.img"));
        assertRefused("the dumps before lack pages of process 7");
        Files.createSymbolicLink(oldest.resolve("parent"), Path.of("../older"));
        assertRefused(images + " builds on a dump that builds on itself");
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> InheritedPages.of(images))
                .hasMessage("cannot read the dumps that " + images + " builds on: " + why);
    }
}
