package io.jmigrate.criu.memory.search;

import static io.jmigrate.criu.memory.MemoryInImages.PAGE;
import static io.jmigrate.criu.memory.MemoryInImages.PRESENT;
import static io.jmigrate.criu.memory.MemoryInImages.head;
import static io.jmigrate.criu.memory.MemoryInImages.page;
import static io.jmigrate.criu.memory.MemoryInImages.pages;
import static io.jmigrate.criu.memory.MemoryInImages.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.ImageKind;
import io.jmigrate.criu.inspect.CheckpointImages;
import io.jmigrate.criu.inspect.ImagedMapping;
import io.jmigrate.criu.inspect.ImagesInMemory;
import io.jmigrate.criu.memory.MemoryInImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MemorySearchTest {
    private final ImagesInMemory images = MemoryInImages.images();

    private long search(Needle needle, OptionalInt pid, List<String> found) {
        return MemorySearch.run(
                images,
                CheckpointImages.of(images),
                needle,
                pid,
                match -> found.add(match.pid() + " " + Long.toHexString(match.address()) + " " + match.mapping()));
    }

    private List<String> found(Needle needle, OptionalInt pid) {
        List<String> found = new ArrayList<>();
        search(needle, pid, found);
        return found;
    }

    @Test
    void tellsProcessAddressAndMapping() {
        assertThat(found(Needle.text("a"), OptionalInt.empty())).containsExactly("1 1000 [heap]", "7 1000 [heap]");
        assertThat(found(Needle.hex("00 62"), OptionalInt.of(1))).containsExactly("1 2fff [heap]");
        assertThat(found(Needle.regex("[ab]"), OptionalInt.of(7))).containsExactly("7 1000 [heap]");
    }

    @Test
    void tellsHowManyPagesItCouldNotSearch() {
        assertThat(search(Needle.text("a"), OptionalInt.empty(), new ArrayList<>()))
                .isEqualTo(1);
        assertThat(search(Needle.text("a"), OptionalInt.of(7), new ArrayList<>()))
                .isZero();
    }

    @Test
    void searchesSharedMemoryAndTellsWhereAProcessHasIt() {
        images.with(
                        "mm-7.img",
                        ImageKind.ADDRESS_SPACE,
                        MemoryInImages.space(MemoryInImages.vma(0x7000, 0x9000, MemoryInImages.SHARED)))
                .without("pagemap-7.img")
                .with("pagemap-shmem-1.img", ImageKind.PAGEMAP, head(2), run(0x1000, 1, PRESENT));
        assertThat(found(Needle.text("a"), OptionalInt.of(7))).containsExactly("7 8000 [shared memory 1]");
        assertThat(found(Needle.text("a"), OptionalInt.of(1))).containsExactly("1 1000 [heap]");
    }

    @Test
    void saysWhatIsNoNeedle() {
        assertThatThrownBy(() -> Needle.hex("0g")).hasMessage("\"0g\" are not bytes in hexadecimal digits");
        assertThatThrownBy(() -> Needle.regex("(")).hasMessageContaining("is not a regular expression");
        assertThatThrownBy(() -> Needle.text("")).hasMessage("what is searched for has 1 to 65536 bytes");
    }

    @Test
    void takesAPieceOutWithZerosForWhatIsNotThere() throws IOException {
        byte[] heap = pages(page("a"), page(""), page("b"), page(""));
        assertThat(piece(0x1000, 0x5000, 3)).isEqualTo(heap);
        assertThat(piece(0x2ffe, 0x3003, 2)).isEqualTo(Arrays.copyOfRange(heap, 2 * PAGE - 2, 2 * PAGE + 3));
        assertThat(piece(0x4001, 0x4003, 0)).isEqualTo(new byte[2]);
    }

    private byte[] piece(long start, long end, long pages) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImagedMapping mapping = CheckpointImages.of(images).mappings().getFirst();
        MemoryPiece.Taken taken = MemoryPiece.run(images, mapping, start, end, new MemoryPiece.Sink() {
            @Override
            public void bytes(byte[] bytes, int offset, int length) {
                out.write(bytes, offset, length);
            }

            @Override
            public void zeros(long count) {
                out.writeBytes(new byte[(int) count]);
            }
        });
        assertThat(taken).isEqualTo(new MemoryPiece.Taken(end - start, pages));
        return out.toByteArray();
    }
}
