package io.jmigrate.archive.seekable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BlockOutputTest {
    @Test
    void writesGzipThatEverybodyReads() throws IOException {
        byte[] content = new byte[5 * BlockOutput.BLOCK_BYTES / 2];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BlockOutput out = BlockOutput.gzip(Channels.newChannel(bytes), 1)) {
            out.write(ByteBuffer.wrap(content));
        }
        assertThat(new GZIPInputStream(new ByteArrayInputStream(bytes.toByteArray())).readAllBytes())
                .isEqualTo(content);
    }

    @Test
    void reportsAFullDiskAndEnds() throws IOException {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("no space left");
            }
        };
        BlockOutput out = BlockOutput.zstd(Channels.newChannel(full), 1, Optional.empty());
        assertThatThrownBy(() -> out.write(ByteBuffer.allocate(20 * BlockOutput.BLOCK_BYTES)))
                .hasMessage("no space left");
        assertThatThrownBy(() -> out.write(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
        out.close();
        out.close();
    }

    @Test
    void writesNoEndBehindWhatIsAbandoned() throws IOException {
        byte[] content = new byte[20 * BlockOutput.BLOCK_BYTES + 5];
        new Random(5).nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel below = Channels.newChannel(bytes);
        BlockOutput out = BlockOutput.zstd(below, 1, Optional.of(_ -> {
            throw new AssertionError("signed");
        }));
        out.write(ByteBuffer.wrap(content));
        out.abandon();
        int written = bytes.size();
        out.close();
        assertThat(bytes.size()).isEqualTo(written).isPositive();
        assertThat(below.isOpen()).isTrue();
        byte[] read = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(bytes.toByteArray())).readAllBytes();
        assertThat(read.length % BlockOutput.BLOCK_BYTES).isZero();
        assertThat(read).isEqualTo(Arrays.copyOf(content, read.length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 32 << 10, 200_000})
    void writesZstdWhateverTheContentComesTo(int random) throws IOException {
        byte[] content = new byte[BlockOutput.BLOCK_BYTES];
        byte[] noise = new byte[random];
        new Random(2).nextBytes(noise);
        for (int at = 0; at + random <= content.length && random > 0; at += 2 * random) {
            System.arraycopy(noise, 0, content, at, random);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BlockOutput out = BlockOutput.zstd(Channels.newChannel(bytes), 3, Optional.empty())) {
            out.write(ByteBuffer.wrap(content));
        }
        assertThat(new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(bytes.toByteArray())).readAllBytes())
                .isEqualTo(content);
        assertThat(bytes.size()).isLessThan(content.length * 2 / 3);
    }

    @Test
    void takesNoMoreRoomThanContentThatDoesNotCompress() throws IOException {
        byte[] content = new byte[3 * BlockOutput.BLOCK_BYTES];
        new Random(4).nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BlockOutput out = BlockOutput.zstd(Channels.newChannel(bytes), 3, Optional.empty())) {
            out.write(ByteBuffer.wrap(content));
        }
        assertThat(bytes.size()).isLessThan(content.length + content.length / 1000);
    }
}
