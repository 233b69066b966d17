package io.jmigrate.archive.seekable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FramedContentTest {
    private static final int FOOTER_BYTES = 9;
    private static final int ENTRY_BYTES = 12;

    @TempDir
    Path directory;

    private Path file;
    private byte[] content;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("file");
        content = new byte[3 * BlockOutput.BLOCK_BYTES + 12_345];
        new Random(7).nextBytes(content);
        Arrays.fill(content, 100_000, 2_000_000, (byte) 'x');
        write(Optional.empty());
    }

    private void write(Optional<UnaryOperator<byte[]>> signer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BlockOutput out = BlockOutput.zstd(Channels.newChannel(bytes), 1, signer)) {
            out.write(ByteBuffer.wrap(content, 0, 77));
            out.write(ByteBuffer.wrap(content, 77, content.length - 77));
        }
        Files.write(file, bytes.toByteArray());
    }

    @Test
    void comparesWhatIsSignedAgainWhenItIsRead() throws IOException {
        write(Optional.of(_ -> new byte[64]));
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            assertThat(framed.signed().orElseThrow().signature()).isEqualTo(new byte[64]);
            framed.check(2);
            assertPart(framed, content.length - 1, 1);
            change(bytes -> bytes.put(1000, (byte) (bytes.get(1000) ^ 1)));
            assertThatThrownBy(() -> framed.read(0, ByteBuffer.allocate(1)))
                    .hasMessage("frame 0 at byte 0 is not as it was written");
        }
    }

    @Test
    void readsAnyPartWithoutTheRest() throws IOException {
        Random random = new Random(3);
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            assertThat(framed.bytes()).isEqualTo(content.length);
            for (int i = 0; i < 200; i++) {
                int offset = random.nextInt(content.length);
                assertPart(framed, offset, random.nextInt(Math.min(content.length - offset, 1_500_000) + 1));
            }
            assertPart(framed, content.length, 0);
            assertThatThrownBy(() -> framed.read(content.length - 1, ByteBuffer.allocate(2)))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void servesManyThreadsAtOnce() throws IOException {
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            IntStream.range(0, 390).parallel().forEach(i -> assertPart(framed, i * 7919, 4096));
        }
    }

    private void assertPart(FramedContent framed, int offset, int length) {
        ByteBuffer part = ByteBuffer.allocate(length);
        try {
            framed.read(offset, part);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(part.array()).isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
    }

    @Test
    void isPlainZstdToOthers() throws IOException {
        try (InputStream in = new ZstdInputStreamNoFinalizer(Files.newInputStream(file))) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test
    void checksTheWholeFile() throws IOException {
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            framed.check(2);
        }
    }

    @Test
    void namesTheFrameThatDiffers() throws IOException {
        change(bytes -> bytes.put(1000, (byte) (bytes.get(1000) ^ 1)));
        assertThatThrownBy(this::check)
                .isInstanceOf(DamagedException.class)
                .hasMessage("frame 0 at byte 0 is not as it was written");
        assertThatThrownBy(() -> read(0)).isInstanceOf(DamagedException.class).hasMessageStartingWith("frame 0");
        read(content.length - 1); // the others are sound
    }

    @Test
    void noticesATableThatWasChanged() throws IOException {
        change(bytes -> bytes.put(entry(bytes, 0) + 8, (byte) ~bytes.get(entry(bytes, 0) + 8)));
        assertThatThrownBy(this::check).hasMessage("its table is not as it was written");
    }

    @Test
    void refusesTablesThatLie() throws IOException {
        assertRefused("its table can't have 0 frames", bytes -> bytes.putInt(bytes.limit() - FOOTER_BYTES, 0));
        assertRefused(
                "its table can't have 4294967295 frames", bytes -> bytes.putInt(bytes.limit() - FOOTER_BYTES, -1));
        assertRefused(
                "its table does not begin where it should", bytes -> bytes.putInt(bytes.limit() - FOOTER_BYTES, 2));
        assertRefused("frame 1 is too large: 2147483648 bytes", bytes -> bytes.putInt(entry(bytes, 1), 1 << 31));
        assertRefused("frame 1 is too large: 536870912 bytes", bytes -> bytes.putInt(entry(bytes, 1) + 4, 1 << 29));
        assertRefused("its table tells of", bytes -> bytes.putInt(entry(bytes, 1), 5));
    }

    @Test
    void refusesAFrameOfAnotherSizeThanItsTableSays() throws IOException {
        writeWithoutChecksumsOfFrames();
        change(bytes -> bytes.putInt(entry(bytes, 0) + 4, 199_999));
        assertThatThrownBy(() -> read(0)).isInstanceOf(DamagedException.class).hasMessageStartingWith("frame 0");
        change(bytes -> bytes.putInt(entry(bytes, 0) + 4, 200_001));
        assertThatThrownBy(() -> read(0)).hasMessage("frame 0 at byte 0 has not the size that the table has of it");
    }

    @Test
    void passesOverFilesWithoutATable() throws IOException {
        Files.write(file, Zstd.compress(content));
        assertThat(FramedContent.open(file)).isEmpty();
        Files.write(file, new byte[3]);
        assertThat(FramedContent.open(file)).isEmpty();
    }

    @Test
    void decompressesWhatHasNoChecksumsOfItsFrames() throws IOException {
        writeWithoutChecksumsOfFrames();
        check();
        change(bytes -> bytes.put(50, (byte) ~bytes.get(50)));
        assertThatThrownBy(this::check)
                .isInstanceOf(DamagedException.class)
                .hasMessageStartingWith("frame 0 at byte 0");
    }

    private void writeWithoutChecksumsOfFrames() throws IOException {
        byte[] frame = frame();
        Files.write(file, frame);
        Files.write(file, table(frame), StandardOpenOption.APPEND);
    }

    private byte[] frame() {
        try (ZstdCompressCtx context = new ZstdCompressCtx().setChecksum(true)) {
            return context.compress(Arrays.copyOf(content, 200_000));
        }
    }

    private static byte[] table(byte[] frame) throws IOException {
        SeekTable.Builder table = new SeekTable.Builder();
        table.add(
                frame.length,
                200_000,
                ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(frame.length - 4));
        return table.write();
    }

    /** Where the entry of a frame is in the table. */
    private static int entry(ByteBuffer bytes, int frame) {
        int frames = bytes.getInt(bytes.limit() - FOOTER_BYTES);
        return bytes.limit() - FOOTER_BYTES - (frames - frame) * ENTRY_BYTES;
    }

    private void assertRefused(String why, Consumer<ByteBuffer> change) throws IOException {
        byte[] sound = Files.readAllBytes(file);
        change(change);
        assertThatThrownBy(() -> FramedContent.open(file))
                .isInstanceOf(DamagedException.class)
                .hasMessageStartingWith(why);
        Files.write(file, sound);
    }

    private void change(Consumer<ByteBuffer> change) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        change.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        Files.write(file, bytes);
    }

    private void check() throws IOException {
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            framed.check(2);
        }
    }

    private void read(int offset) throws IOException {
        try (FramedContent framed = FramedContent.open(file).orElseThrow()) {
            framed.read(offset, ByteBuffer.allocate(1));
        }
    }
}
