package io.jmigrate.criu.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.image.entry.FdinfoEntry;
import io.jmigrate.criu.image.entry.PagemapHead;
import io.jmigrate.runtime.failure.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CheckpointImagesTest {
    private final ImagesInMemory images = ImagesInMemory.complete();

    private CheckpointImages read() {
        return CheckpointImages.of(images);
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> {
                    CheckpointImages read = read();
                    read.files();
                    read.mounts();
                    read.memory();
                    read.pages();
                    read.statistics();
                })
                .isInstanceOf(Failure.class)
                .hasMessage("the images can't be read: " + why);
    }

    @Test
    void tellsTheProcessesAndTheirCommands() {
        assertThat(read().version()).isEqualTo(2);
        assertThat(read().processes())
                .containsExactly(
                        new ImagedProcess(1, 0, 1, 1, 1, "alive", "sh"),
                        new ImagedProcess(7, 1, 7, 1, 1, "stopped", "nc"));
    }

    @Test
    void tellsWhatEachProcessHasOpen() {
        assertThat(read().files())
                .extracting(ImagedFile::pid, ImagedFile::descriptor, ImagedFile::kind, ImagedFile::name)
                .contains(tuple(1, 0, "file", "/data/log"), tuple(7, 0, "file", "/data/log"))
                .hasSize(8);
        assertThat(read().files().getFirst().position()).contains(42L);
    }

    @Test
    void tellsSocketsInWords() {
        assertThat(read().files().stream()
                        .filter(file -> file.pid() == 7)
                        .map(ImagedFile::socket)
                        .flatMap(Optional::stream))
                .containsExactly(
                        new ImagedSocket("inet", "tcp", "listen", "127.0.0.1:80", ""),
                        new ImagedSocket(
                                "inet6", "udp", "established", "[0:0:0:0:0:0:0:1]:4000", "[0:0:0:0:0:0:0:1]:53"),
                        new ImagedSocket("unix", "stream", "established", "@bus inode 77", "inode 78"));
    }

    @Test
    void tellsTheMounts() {
        assertThat(read().mounts())
                .containsExactly(
                        new ImagedMount("9", 1, 1, "/", "overlay", "none", "/", ""),
                        new ImagedMount("9", 2, 1, "/proc", "proc", "none", "/", ""));
    }

    @Test
    void tellsMappingsAndPages() {
        PageCounts pages = new PageCounts(3, 2, 0);
        assertThat(read().memory()).containsExactly(new ImagedMemory(1, 1, Map.of(MappingKind.HEAP, 0x4000L), pages));
        assertThat(read().pages()).isEqualTo(pages);
        assertThat(read().memoryBytes()).isEqualTo(3 * 4096);
    }

    @Test
    void tellsHowTheDumpWentIfThereAreFigures() {
        assertThat(read().statistics()).contains(new DumpStatistics(1, 2, 3, 4, 5, 6, 7, 8));
        images.without("stats-dump");
        assertThat(read().statistics()).isEmpty();
    }

    @Test
    void doesWithoutTheImagesOfAZombie() {
        images.without("ids-7.img").without("core-7.img");
        assertThat(read().processes().getLast().command()).isEmpty();
        assertThat(read().files()).extracting(ImagedFile::pid).containsOnly(1);
    }

    @Test
    void refusesADirectoryWithoutAnInventory() {
        images.without("inventory.img");
        assertRefused("it has no inventory.img");
    }

    @Test
    void refusesProcessesThatCannotBe() {
        images.with("pstree.img", ImageKind.PSTREE, ImagesInMemory.process(1, 0), ImagesInMemory.process(1, 0));
        assertRefused("pstree.img names process 1 twice");
        images.with("pstree.img", ImageKind.PSTREE, ImagesInMemory.process(-1, 0));
        assertRefused("pstree.img names an impossible process");
    }

    @Test
    void refusesADescriptorOfAFileThatIsNotThere() {
        images.with("fdinfo-2.img", ImageKind.FDINFO, ImagesInMemory.descriptor(0, 99, 1));
        assertRefused("fdinfo-2.img names file 99, which files.img lacks");
    }

    @Test
    void refusesNamesLongerThanTheKernelHasThem() {
        images.with("files.img", ImageKind.FILES, ImagesInMemory.file(1, "x".repeat(5000)));
        assertRefused("files.img has a name of more than 4096 characters");
    }

    @Test
    void refusesMemoryThatCannotBe() {
        images.with("mm-1.img", ImageKind.ADDRESS_SPACE, ImagesInMemory.addressSpace(2, 1));
        assertRefused("mm-1.img has a mapping that ends before it starts");
        images.with("mm-1.img", ImageKind.ADDRESS_SPACE, ImagesInMemory.addressSpace(1, 2));
        PagemapHead head = PagemapHead.newBuilder().setPagesId(1).build();
        images.with("pagemap-1.img", ImageKind.PAGEMAP, head, ImagesInMemory.pages(-1, 4));
        assertRefused("pagemap-1.img counts an impossible number of pages");
    }

    @Test
    void refusesAnEntryTooLargeToRead() {
        byte[] pstree = images.bytes("pstree.img");
        ByteBuffer.wrap(pstree).order(ByteOrder.nativeOrder()).putInt(8, Images.ENTRY_BYTES_MAX + 1);
        images.withBytes("pstree.img", pstree);
        assertRefused("pstree.img has an entry of an impossible length: " + (Images.ENTRY_BYTES_MAX + 1));
    }

    @Test
    void refusesSmallImagesThatStandForVeryMuch() {
        images.with("files.img", ImageKind.FILES, ImagesInMemory.file(1, "x".repeat(4000)));
        images.with(
                "fdinfo-2.img",
                ImageKind.FDINFO,
                IntStream.range(0, 3000)
                        .mapToObj(number -> ImagesInMemory.descriptor(number, 1, 1))
                        .toArray(FdinfoEntry[]::new));
        assertRefused("fdinfo-2.img holds more than can be listed");
    }
}
