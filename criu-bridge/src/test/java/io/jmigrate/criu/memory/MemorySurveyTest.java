package io.jmigrate.criu.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagesInMemory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MemorySurveyTest {
    private final ImagesInMemory images = MemoryInImages.images();

    private List<SurveyedMapping> survey() {
        return MemorySurvey.of(images, CheckpointImages.of(images));
    }

    @Test
    void tellsPagesThatAreZeroTheSameAndElsewhere() {
        SurveyedMapping heap = survey().getFirst();
        assertThat(heap.mapping().name()).isEqualTo("[heap]");
        assertThat(heap.pages()).isEqualTo(Map.of(PageState.DATA, 2L, PageState.ZERO, 1L, PageState.ELSEWHERE, 1L));
        assertThat(heap.cells())
                .containsExactly(
                        Optional.of(PageState.DATA),
                        Optional.of(PageState.ZERO),
                        Optional.of(PageState.DATA),
                        Optional.of(PageState.ELSEWHERE));
        assertThat(survey().getLast().pages()).isEqualTo(Map.of(PageState.DUPLICATE, 1L));
    }

    @Test
    void tellsHowFarPagesShrink() {
        SurveyedMapping heap = survey().getFirst();
        assertThat(heap.sampledBytes()).isEqualTo(MemoryPass.PAGE_BYTES);
        assertThat(heap.compressedBytes()).isBetween(1L, 100L);
    }

    @Test
    void namesMappedFiles() {
        assertThat(survey().get(1).mapping().name()).isEqualTo("/data/log");
        assertThat(survey().get(1).mapping().protection()).isEqualTo("rw-p");
        assertThat(survey().get(1).cells()).isEmpty();
    }

    @Test
    void findsTheMappingOfSharedMemory() {
        images.with(
                        "mm-7.img",
                        ImageKind.ADDRESS_SPACE,
                        MemoryInImages.space(MemoryInImages.vma(0x7000, 0x9000, MemoryInImages.SHARED)))
                .without("pagemap-7.img")
                .with(
                        "pagemap-shmem-1.img",
                        ImageKind.PAGEMAP,
                        MemoryInImages.head(2),
                        MemoryInImages.run(0x1000, 1, MemoryInImages.PRESENT));
        assertThat(survey().getLast().cells()).containsExactly(Optional.empty(), Optional.of(PageState.DUPLICATE));
    }

    @Test
    void countsRunsOfAnyLengthByWhatIsMapped() {
        images.with(
                "pagemap-1.img",
                ImageKind.PAGEMAP,
                MemoryInImages.head(3),
                MemoryInImages.run(0x1000, 1L << 40, MemoryInImages.LAZY));
        assertThat(survey().getFirst().pages()).isEqualTo(Map.of(PageState.ELSEWHERE, 4L));
        images.with(
                "mm-1.img",
                ImageKind.ADDRESS_SPACE,
                MemoryInImages.space(MemoryInImages.vma(0x1000, Long.MAX_VALUE, MemoryInImages.HEAP)));
        assertThat(survey().getFirst().pages()).isEqualTo(Map.of(PageState.ELSEWHERE, 1L << 40));
    }
}
