package io.jmigrate.criu.inspect;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.PstreeEntry;
import io.jmigrate.runtime.failure.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededImagesTest {
    private static final int DEAD = 2;

    private final ImagesInMemory images = ImagesInMemory.restorable();

    private void assertMissing(String name, String what) {
        assertThatThrownBy(() -> NeededImages.require(images))
                .isInstanceOf(Failure.class)
                .hasMessage("the images can't be read: it has no " + name + " with " + what);
    }

    @Test
    void imagesWithAllThatIsNeededAreTaken() {
        assertThatCode(() -> NeededImages.require(images)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "pstree.img, the tree of processes",
        "files.img, the open files",
        "core-7.img, the registers of process 7",
        "ids-1.img, the namespaces of process 1",
        "fdinfo-2.img, the descriptors of process 1",
        "fs-7.img, the current directory of process 7",
        "mm-1.img, the mappings of process 1",
        "pagemap-7.img, the list of the saved pages of process 7"
    })
    void anImageThatIsMissingIsNamed(String name, String what) {
        images.without(name);
        assertMissing(name, what);
    }

    @Test
    void everyThreadHasRegisters() {
        PstreeEntry process =
                ImagesInMemory.process(1, 0).toBuilder().addThreads(2).build();
        images.with("pstree.img", ImageKind.PSTREE, process);
        assertMissing("core-2.img", "the registers of thread 2 of process 1");
    }

    @Test
    void ofADeadProcessTheCoreIsAllThereIs() {
        images.with("core-7.img", ImageKind.CORE, ImagesInMemory.core("nc", DEAD));
        for (String image : new String[] {"ids", "fs", "mm", "pagemap"}) {
            images.without(image + "-7.img");
        }
        assertThatCode(() -> NeededImages.require(images)).doesNotThrowAnyException();
    }

    @Test
    void anArchiveIsAskedForTheImagesOfItsProcessesAlone() {
        images.without("files.img");
        assertThatCode(() -> NeededImages.requireOfProcesses(images)).doesNotThrowAnyException();
        images.without("mm-7.img");
        assertThatThrownBy(() -> NeededImages.requireOfProcesses(images)).hasMessageContaining("mm-7.img");
    }
}
