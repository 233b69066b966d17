package io.jmigrate.archive;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.jmigrate.archive.secrecy.CostlyPassphraseException;
import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.archive.secrecy.WrongKeyException;
import io.jmigrate.runtime.failure.IoReason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.io.input.CloseShieldInputStream;

/** An open archive: recognised by its content, decrypted, decompressed, and read as a tar member by member. */
final class ArchiveInput implements AutoCloseable {
    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int GZIP_MAGIC = 0x8B1F;
    private static final int TAR_BLOCK_BYTES = 512;
    private static final int BUFFER_BYTES = 256 << 10;

    private final ArchiveFile file;
    private final CountedInput bytes;
    private final TarSource source;
    private final TarArchiveInputStream tar;

    private ArchiveInput(ArchiveFile file, CountedInput bytes, TarSource source) {
        this.file = file;
        this.bytes = bytes;
        this.source = source;
        this.tar = new TarArchiveInputStream(source, "UTF-8");
    }

    /** Opens the archive and checks that it starts as one. */
    static ArchiveInput open(ArchiveFile file, ArchiveSource source, Optional<Decryption> decryption) {
        return open(file, source, decryption, UnaryOperator.identity());
    }

    /** The same. @param watching what the tar passes through */
    static ArchiveInput open(
            ArchiveFile file,
            ArchiveSource source,
            Optional<Decryption> decryption,
            UnaryOperator<InputStream> watching) {
        CountedInput bytes = new CountedInput(new BufferedInputStream(bytes(file, source), BUFFER_BYTES));
        try {
            CountedInput compressed = decrypt(file, bytes, decryption);
            InputStream content = new BufferedInputStream(watching.apply(decompress(compressed)), BUFFER_BYTES);
            checkTar(file, content);
            return new ArchiveInput(file, bytes, new TarSource(content));
        } catch (IOException e) {
            throw closing(bytes, file.damaged(e));
        } catch (RuntimeException e) {
            throw closing(bytes, e);
        }
    }

    /** Whoever gives a key expects secrecy: something in plain is not what he has encrypted. */
    private static CountedInput decrypt(ArchiveFile file, CountedInput in, Optional<Decryption> decryption)
            throws IOException {
        if (!Decryption.isNeededFor(in.peek(Decryption.startBytes()))) {
            if (decryption.isPresent()) {
                throw file.plain();
            }
            return in;
        }
        Decryption means = decryption.orElseThrow(file::encrypted);
        try {
            return new CountedInput(new BufferedInputStream(means.decrypting(in), BUFFER_BYTES));
        } catch (WrongKeyException e) {
            throw file.wrongKey(means.means()).withCause(e);
        } catch (CostlyPassphraseException e) {
            throw file.tooLarge(e.getMessage()).withCause(e);
        }
    }

    private static InputStream bytes(ArchiveFile file, ArchiveSource source) {
        return switch (source) {
            case ArchiveSource.InFile(Path path) -> openFile(file, path);
            case ArchiveSource.Stream stream -> CloseShieldInputStream.wrap(stream.in());
        };
    }

    private static InputStream openFile(ArchiveFile file, Path path) {
        try {
            ArchiveSource.requireFile(path);
            return LayoutFile.begins(start(path)) ? layout(file, path) : Files.newInputStream(path);
        } catch (IOException e) {
            throw file.missing(IoReason.of(e)).withCause(e);
        }
    }

    /** Its first bytes. */
    static byte[] start(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(TAR_BLOCK_BYTES);
        }
    }

    private static InputStream layout(ArchiveFile file, Path path) {
        try {
            return LayoutFile.checkpoint(file, path);
        } catch (IOException e) {
            throw file.noCheckpoint(e);
        }
    }

    private static RuntimeException closing(InputStream in, RuntimeException failure) {
        try {
            in.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    /** {@code none}, {@code gzip} or {@code zstd}, by the first bytes. */
    static String compression(CountedInput in) throws IOException {
        byte[] start = in.peek(Integer.BYTES);
        int magic = ByteBuffer.wrap(Arrays.copyOf(start, Integer.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (magic == ZSTD_MAGIC) {
            return "zstd";
        }
        return (magic & 0xffff) == GZIP_MAGIC ? "gzip" : "none";
    }

    private static InputStream decompress(CountedInput in) throws IOException {
        return switch (compression(in)) {
            case "zstd" -> new ZstdInputStreamNoFinalizer(in);
            case "gzip" -> gzip(in);
            default -> in;
        };
    }

    /** Several compressed streams one behind the other are one content, and nothing else may follow. */
    private static InputStream gzip(InputStream in) throws IOException {
        return GzipCompressorInputStream.builder()
                .setInputStream(in)
                .setDecompressConcatenated(true)
                .get();
    }

    private static void checkTar(ArchiveFile file, InputStream content) throws IOException {
        content.mark(TAR_BLOCK_BYTES);
        byte[] block = content.readNBytes(TAR_BLOCK_BYTES);
        content.reset();
        if (!TarArchiveInputStream.matches(block, block.length)) {
            throw file.notAnArchive();
        }
        if (LayoutFile.begins(block)) {
            throw file.noCheckpoint("it is read from a file alone, and not if that is compressed");
        }
    }

    /** The next member, none behind the last: then the rest of the file has been checked as well. */
    Optional<TarArchiveEntry> next() {
        source.expectHeader();
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            if (entry == null) {
                source.finish();
                return Optional.empty();
            }
            source.expectContent();
            return Optional.of(entry);
        } catch (IOException | RuntimeException e) {
            // the parser of the library answers some malformed fields with unchecked exceptions
            throw file.damaged(e);
        }
    }

    /** Reads from the content of the current member, -1 at its end. */
    int read(byte[] buffer) {
        return read(buffer, 0, buffer.length);
    }

    /** Reads up to so many bytes from the content of the current member, -1 at its end. */
    int read(byte[] buffer, int offset, int length) {
        try {
            return tar.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw file.damaged(e);
        }
    }

    /** Bytes of the file read so far. */
    long fileBytes() {
        return bytes.count();
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
