package io.jmigrate.archive.seekable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockOutputTest {
    @Test
    void writesGzipThatEverybodyReads() throws IOException {
        byte[] content = new byte[5 * BlockOutput.BLOCK_BYTES / 2];
        new Random(1).nextBytes(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BlockOutput out = BlockOutput.gzip(bytes, 1)) {
            out.write(content);
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
        BlockOutput out = BlockOutput.zstd(full, 1, Optional.empty());
        assertThatThrownBy(() -> out.write(new byte[20 * BlockOutput.BLOCK_BYTES]))
                .hasMessage("no space left");
        out.close();
        out.close();
    }
}
