package io.jmigrate.criu.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.image.entry.PstreeEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageReaderTest {
    private static final PstreeEntry INIT = entry(1, 0);
    private static final PstreeEntry CHILD = entry(7, 1);

    @TempDir
    Path directory;

    @Test
    void readsWhatTheWriterWrote() throws IOException {
        try (ImageReader reader = ImageReader.open(file(image()), ImageKind.PSTREE)) {
            assertThat(reader.one(PstreeEntry.parser())).isEqualTo(INIT);
            assertThat(reader.next(PstreeEntry.parser())).contains(CHILD);
            assertThat(reader.next(PstreeEntry.parser())).isEmpty();
        }
    }

    @Test
    void startsWithTheTwoMagicNumbersOfCriu() throws IOException {
        ByteBuffer start = ByteBuffer.wrap(image()).order(ByteOrder.nativeOrder());
        assertThat(start.getInt()).isEqualTo(0x54564319);
        assertThat(start.getInt()).isEqualTo(0x50273030);
    }

    @Test
    void refusesAnImageOfAnotherKind() {
        assertThatThrownBy(() -> ImageReader.open(file(image()), ImageKind.INVENTORY))
                .isInstanceOf(ImageException.class)
                .hasMessage("x.img is not a criu image of kind INVENTORY");
    }

    @Test
    void refusesAFileThatIsTooShortForItsMagicNumbers() {
        assertThatThrownBy(() -> ImageReader.open(file(Arrays.copyOf(image(), 4)), ImageKind.PSTREE))
                .isInstanceOf(ImageException.class)
                .hasMessage("x.img is not a criu image of kind PSTREE");
    }

    @Test
    void refusesAnEntryThatEndsTooEarly() throws IOException {
        try (ImageReader reader = ImageReader.open(file(Arrays.copyOf(image(), 14)), ImageKind.PSTREE)) {
            assertThatThrownBy(() -> reader.next(PstreeEntry.parser()))
                    .isInstanceOf(ImageException.class)
                    .hasMessage("x.img ends within an entry");
        }
    }

    @Test
    void refusesAnEntryOfAnImpossibleLengthWithoutAllocatingIt() throws IOException {
        byte[] image = image();
        Arrays.fill(image, 8, 12, (byte) 0xff);
        try (ImageReader reader = ImageReader.open(file(image), ImageKind.PSTREE)) {
            assertThatThrownBy(() -> reader.next(PstreeEntry.parser()))
                    .isInstanceOf(ImageException.class)
                    .hasMessage("x.img has an entry of an impossible length: 4294967295");
        }
    }

    @Test
    void refusesAnEntryThatIsNoMessage() throws IOException {
        byte[] image = image();
        Arrays.fill(image, 12, 16, (byte) 0xff);
        try (ImageReader reader = ImageReader.open(file(image), ImageKind.PSTREE)) {
            assertThatThrownBy(() -> reader.next(PstreeEntry.parser()))
                    .isInstanceOf(ImageException.class)
                    .hasMessageStartingWith("x.img has an unreadable entry: ");
        }
    }

    @Test
    void doesNotFollowALink() throws IOException {
        Path link = directory.resolve("link.img");
        Files.createSymbolicLink(link, file(image()));
        assertThatThrownBy(() -> ImageReader.open(link, ImageKind.PSTREE)).isInstanceOf(IOException.class);
    }

    private static byte[] image() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageWriter writer = new ImageWriter(bytes, ImageKind.PSTREE)) {
            writer.write(INIT);
            writer.write(CHILD);
        }
        return bytes.toByteArray();
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("x.img"), content);
    }

    private static PstreeEntry entry(int pid, int ppid) {
        return PstreeEntry.newBuilder()
                .setPid(pid)
                .setPpid(ppid)
                .setPgid(pid)
                .setSid(pid)
                .addThreads(pid)
                .build();
    }
}
