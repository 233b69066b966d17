package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.archive.integrity.SigningKey;
import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.archive.secrecy.Identity;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Something fails while an archive is written: what there is of it gets no end that makes it look like a whole one. */
@Timeout(60)
class AbandonedArchiveTest {
    /** More than what compresses holds back. */
    private static final long FAILS_AT = 12 << 20;

    private static final byte[] NOISE = new byte[16 << 20];

    static {
        new Random(3).nextBytes(NOISE);
    }

    @TempDir
    private Path directory;

    private Checkpoint checkpoint;
    private Path file;
    private Identity identity;
    private SigningKey key;

    @BeforeEach
    void makeACheckpoint() throws IOException {
        checkpoint = Checkpoint.in(directory);
        Files.write(checkpoint.images().resolve("pages-2.img"), NOISE);
        file = Files.createDirectory(directory.resolve("place")).resolve("archive");
        identity = Identity.in(directory, "identity");
        key = PairOfKeys.in(directory, "key").signing();
    }

    private ExportRequest request(ArchiveTarget target, String compression, boolean encrypted, Progress progress) {
        ExportRequest request = new ExportRequest(
                        target,
                        Checkpoint.CONTAINER,
                        checkpoint.directory().resolve("config.json"),
                        checkpoint.images(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Compression.named(compression),
                        progress)
                .signed(key);
        return encrypted ? request.encrypted(Encryption.of(List.of(identity.recipient()))) : request;
    }

    private static void givesUp(long bytes) {
        if (bytes > FAILS_AT) {
            throw Failure.of(ArchiveCode.ARCHIVE_IO, "given up");
        }
    }

    @ParameterizedTest
    @CsvSource({"none,false", "gzip:1,false", "zstd:1,false", "none,true", "gzip:1,true", "zstd:1,true"})
    void aStreamHasNoEnd(String compression, boolean encrypted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveTarget target = new ArchiveTarget.Stream(out, "(out)");
        assertThatThrownBy(() ->
                        ArchiveWriter.write(request(target, compression, encrypted, AbandonedArchiveTest::givesUp)))
                .hasMessage("given up");
        assertThat(out.size()).isPositive();
        assertThatThrownBy(() -> read(out.toByteArray(), encrypted))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(" is damaged: ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private void read(byte[] archive, boolean encrypted) {
        ArchiveReader.read(new ImportRequest(
                new ArchiveSource.Stream(new ByteArrayInputStream(archive), "(in)"),
                directory.resolve("out"),
                Limits.DEFAULT,
                Progress.SILENT,
                Optional.empty(),
                encrypted ? Optional.of(identity.decryption()) : Optional.<Decryption>empty()));
    }

    @ParameterizedTest
    @CsvSource({"none,false", "gzip:1,false", "zstd:1,false", "zstd:1,true"})
    void aFailedStreamGetsNothingMore(String compression, boolean encrypted) {
        FullPipe pipe = new FullPipe();
        ArchiveTarget target = new ArchiveTarget.Stream(pipe, "(out)");
        assertThatThrownBy(() -> ArchiveWriter.write(request(target, compression, encrypted, Progress.SILENT)))
                .isInstanceOf(Failure.class)
                .hasMessage("writing archive (out) failed: full");
        assertThat(pipe.writesBehind).isZero();
    }

    private static final class FullPipe extends OutputStream {
        private long room = FAILS_AT;
        private boolean full;
        private int writesBehind;

        @Override
        public void write(int value) throws IOException {
            write(new byte[1], 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writesBehind += full ? 1 : 0;
            full = length > room;
            room -= length;
            if (full) {
                throw new IOException("full");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"none,false", "gzip:1,false", "zstd:1,false", "zstd:1,true"})
    void nothingIsLeftOfAFile(String compression, boolean encrypted) throws IOException {
        ArchiveTarget target = new ArchiveTarget.InFile(file);
        assertThatThrownBy(() ->
                        ArchiveWriter.write(request(target, compression, encrypted, AbandonedArchiveTest::givesUp)))
                .hasMessage("given up");
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).isEmpty();
        }
        ArchiveWriter.write(request(target, compression, encrypted, Progress.SILENT));
        assertThat(file).isNotEmptyFile();
    }
}
