package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizeTest {
    @TempDir
    private Path directory;

    /** As a filesystem says of a file that it has compressed: fewer blocks than its size, and no hole. */
    @Test
    void whatIsAskedForWhereBlocksSayTooLittleIsAllThatIsNoHole() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[3_000_000]);
        assertThat(FileSize.betweenHoles(file)).isEqualTo(3_000_000);
        try (RandomAccessFile longer = new RandomAccessFile(file.toFile(), "rw")) {
            longer.setLength(1L << 32);
        }
        assertThat(FileSize.betweenHoles(file)).isBetween(3_000_000L, 3_100_000L);
        assertThat(FileSize.of(file, 1L << 32)).isBetween(3_000_000L, 3_100_000L);
    }

    @Test
    void whatIsNoFileIsNotOpened() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("/dev/zero"));
        assertThatThrownBy(() -> FileSize.of(link, Long.MAX_VALUE)).isInstanceOf(IOException.class);
    }
}
