package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpaceTest {
    @TempDir
    private Path directory;

    @Test
    void leavesHolesOut() throws IOException {
        Path file = directory.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(64 << 20);
            sparse.write(new byte[100_000]);
            sparse.getFD().sync();
        }
        assertThat(FileSpace.of(file)).isBetween(100_000L, 8L << 20);
    }

    @Test
    void looksAtALinkAndNotAtWhatItPointsTo() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[1 << 20]);
        assertThat(FileSpace.of(Files.createSymbolicLink(directory.resolve("link"), file)))
                .isLessThan(1 << 20);
    }

    @Test
    void namesWhatIsMissing() {
        assertThatThrownBy(() -> FileSpace.of(directory.resolve("missing")))
                .isInstanceOfSatisfying(
                        LinuxException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }
}
