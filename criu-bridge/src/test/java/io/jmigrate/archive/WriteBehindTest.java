package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WriteBehindTest {
    private static final int PIECE_BYTES = 1 << 20;
    private static final int PIECES = 80;

    @TempDir
    Path directory;

    @Test
    void writesAllOfItInItsOrder() throws IOException {
        Path path = directory.resolve("file");
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            WriteBehind out = new WriteBehind(file);
            for (int i = 0; i < PIECES; i++) {
                assertThat(out.write(ByteBuffer.allocate(PIECE_BYTES).putInt(0, i)))
                        .isEqualTo(PIECE_BYTES);
            }
            out.complete();
            out.close();
            assertThat(out.isOpen()).as("the file stays open").isTrue();
        }
        ByteBuffer written = ByteBuffer.wrap(Files.readAllBytes(path));
        assertThat(written.capacity()).isEqualTo(PIECES * PIECE_BYTES);
        for (int i = 0; i < PIECES; i++) {
            assertThat(written.getInt(i * PIECE_BYTES)).isEqualTo(i);
        }
    }
}
