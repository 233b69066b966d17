package io.jmigrate.criu.diff;

import static io.jmigrate.criu.memory.MemoryInImages.LAZY;
import static io.jmigrate.criu.memory.MemoryInImages.PRESENT;
import static io.jmigrate.criu.memory.MemoryInImages.head;
import static io.jmigrate.criu.memory.MemoryInImages.page;
import static io.jmigrate.criu.memory.MemoryInImages.pages;
import static io.jmigrate.criu.memory.MemoryInImages.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.inspect.ImagedFile;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.ImagedProcess;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.criu.memory.MemoryInImages;
import org.junit.jupiter.api.Test;

class CheckpointDifferenceTest {
    private final ImagesInMemory before = MemoryInImages.images();
    private final ImagesInMemory after = MemoryInImages.images();

    private CheckpointDifference difference() {
        return CheckpointDifference.between(CheckpointDifference.Side.of(before), CheckpointDifference.Side.of(after));
    }

    @Test
    void isNoneBetweenACheckpointAndItself() {
        assertThat(difference().none()).isTrue();
        assertThat(difference().absentPages()).as("the lazy page of each").isEqualTo(2);
    }

    @Test
    void tellsProcessesThatCameAndWent() {
        after.with("pstree.img", ImageKind.PSTREE, ImagesInMemory.process(1, 0), ImagesInMemory.process(8, 1));
        assertThat(difference().processes().went())
                .extracting(ImagedProcess::pid)
                .containsExactly(7);
        assertThat(difference().processes().came())
                .extracting(ImagedProcess::pid)
                .containsExactly(8);
        assertThat(difference().none()).isFalse();
    }

    @Test
    void tellsDescriptorsThatBecameOthers() {
        after.with("files.img", ImageKind.FILES, ImagesInMemory.file(1, "/data/other"))
                .with("fdinfo-2.img", ImageKind.FDINFO, ImagesInMemory.descriptor(0, 1, 1));
        assertThat(difference().files().changed())
                .extracting(change -> change.after().name())
                .containsOnly("/data/other");
        assertThat(difference().sockets().went())
                .extracting(ImagedFile::descriptor)
                .contains(3, 4, 5);
    }

    @Test
    void tellsMappingsThatGrew() {
        after.with(
                "mm-7.img",
                ImageKind.ADDRESS_SPACE,
                MemoryInImages.space(MemoryInImages.vma(0x1000, 0x3000, MemoryInImages.HEAP)));
        assertThat(difference().mappings().changed())
                .singleElement()
                .satisfies(change -> assertThat(change.after().bytes()).isEqualTo(0x2000));
    }

    @Test
    void tellsPagesByTheirContents() {
        after.withBytes("pages-1.img", pages(page("a"), page("new"), page("c")))
                .with("pagemap-7.img", ImageKind.PAGEMAP, head(2));
        assertThat(difference().pages())
                .satisfiesExactly(
                        pages -> {
                            assertThat(pages.mapping())
                                    .extracting(ImagedMapping::pid)
                                    .isEqualTo(1);
                            assertThat(pages).extracting(ChangedPages::changed).isEqualTo(2L);
                        },
                        pages ->
                                assertThat(pages).extracting(ChangedPages::went).isEqualTo(1L));
    }

    @Test
    void comparesNoPageWhoseContentIsElsewhere() {
        after.with("pagemap-7.img", ImageKind.PAGEMAP, head(2), run(0x1000, 1, LAZY));
        assertThat(difference().none()).isTrue();
        before.with("pagemap-7.img", ImageKind.PAGEMAP, head(2), run(0x1000, 1, LAZY));
        after.with("pagemap-7.img", ImageKind.PAGEMAP, head(2), run(0x1000, 1, PRESENT));
        assertThat(difference().none()).isTrue();
    }
}
