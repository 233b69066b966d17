package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that are compressed themselves, as containerd's rootfs-diff.tar is, in an archive that is compressed once more. */
class MemberExpansionTest {
    private static final int MEBIBYTES = 80;
    private static final Limits LIMITS = new Limits(10, 1L << 30, 1L << 30, 1 << 20, 1000, 255);

    @TempDir
    private Path directory;

    private ImportedArchive read(byte[] diff) throws IOException {
        Path file = HostileArchive.complete().file("rootfs-diff.tar", diff).writeTo(directory.resolve("archive"));
        return ArchiveReader.read(new ImportRequest(file, directory.resolve("out"), LIMITS, Progress.SILENT));
    }

    private static byte[] zeros(int mebibytes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < mebibytes; i++) {
                gzip.write(new byte[1 << 20]);
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void mayNotExpandFurtherThanTheArchive() throws IOException {
        byte[] bomb = zeros(MEBIBYTES);
        assertThatThrownBy(() -> read(bomb))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_TOO_LARGE))
                .hasMessageEndingWith("expands to more than 1000 times the size of the archive");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void mayBeCompressed() throws IOException {
        assertThat(read(zeros(1)).rootfsDiff()).isPresent();
    }
}
