package io.jmigrate.criu.memory;

import static io.jmigrate.criu.memory.MemoryInImages.PRESENT;
import static io.jmigrate.criu.memory.MemoryInImages.head;
import static io.jmigrate.criu.memory.MemoryInImages.page;
import static io.jmigrate.criu.memory.MemoryInImages.pages;
import static io.jmigrate.criu.memory.MemoryInImages.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.runtime.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPassTest {
    private final ImagesInMemory images = MemoryInImages.images();

    /** What was shown, a line each. */
    private static final class Lines implements PageVisitor {
        private final List<String> lines = new ArrayList<>();

        @Override
        public boolean wants(Space space) {
            return !space.equals(new Space.OfProcess(7));
        }

        @Override
        public void page(Space space, long address, byte[] bytes, int offset) {
            lines.add(space + " " + Long.toHexString(address) + " " + (char) bytes[offset]);
        }

        @Override
        public void absent(Space space, long address, long pages, Absence why) {
            lines.add(space + " " + Long.toHexString(address) + " " + pages + " " + why);
        }
    }

    private List<String> shown() {
        Lines lines = new Lines();
        MemoryPass.run(images, lines);
        return lines.lines;
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::shown).isInstanceOf(Failure.class).hasMessage("the images can't be read: " + why);
    }

    @Test
    void showsPagesWithTheirAddresses() {
        String process = "OfProcess[pid=1] ";
        assertThat(shown())
                .containsExactly(process + "1000 a", process + "2000 \0", process + "3000 b", process + "4000 1 LAZY");
    }

    @Test
    void showsSharedMemoryWithItsOwnAddresses() {
        images.with("pagemap-shmem-5.img", ImageKind.PAGEMAP, head(9), run(0x2000, 1, PRESENT))
                .withBytes("pages-9.img", page("s"));
        assertThat(shown()).contains("Shared[number=5] 2000 s");
    }

    @Test
    void showsSharedMemoryInTheOrderOfItsPages() {
        images.with("pagemap-shmem-5.img", ImageKind.PAGEMAP, head(9), run(0x3000, 1, PRESENT), run(0x1000, 1, PRESENT))
                .withBytes("pages-9.img", pages(page("s"), page("t")));
        assertThat(shown()).containsSubsequence("Shared[number=5] 3000 s", "Shared[number=5] 1000 t");
    }

    @Test
    void refusesMapsThatTheirPagesDoNotFit() {
        images.withBytes("pages-1.img", pages(page("a"), page("b")));
        assertRefused("pages-1.img has fewer pages than pagemap-1.img counts");
        images.without("pages-1.img");
        assertRefused("pagemap-1.img has its pages in pages-1.img, which is missing");
    }

    @Test
    void refusesPagesThatTwoProcessesClaim() {
        images.with("pagemap-7.img", ImageKind.PAGEMAP, head(1), run(0x1000, 1, PRESENT));
        assertRefused("pagemap-1.img and pagemap-7.img both have their pages in pages-1.img");
    }

    @Test
    void refusesAddressesThatCannotBe() {
        images.with("pagemap-1.img", ImageKind.PAGEMAP, head(1), run(0x1001, 1, PRESENT));
        assertRefused("pagemap-1.img has pages at an impossible address");
        images.with("pagemap-1.img", ImageKind.PAGEMAP, head(1), run(-4096, 1, PRESENT));
        assertRefused("pagemap-1.img has pages at an impossible address");
        images.with("pagemap-1.img", ImageKind.PAGEMAP, head(1), run(0x2000, 1, PRESENT), run(0x1000, 1, PRESENT));
        assertRefused("pagemap-1.img has pages that are not in the order of their addresses");
        images.with("pagemap-1.img", ImageKind.PAGEMAP, head(1), run(0x1000, Long.MAX_VALUE, PRESENT));
        assertRefused("pagemap-1.img counts an impossible number of pages");
    }
}
