package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever happens to an archive, reading it gives what was archived or a failure, and leaves nothing else behind. */
class MutatedArchivePropertyTest {
    private static final int LARGE = Integer.MAX_VALUE;

    private Path root;
    private Path file;
    private byte[] zstd;
    private byte[] gzip;
    private Map<String, byte[]> whole;

    @BeforeProperty
    void makeAnArchive() throws IOException {
        root = Files.createTempDirectory("jmigrate-mutated");
        file = root.resolve("archive");
        Checkpoint checkpoint = Checkpoint.in(root);
        Files.write(checkpoint.images().resolve("pages-1.img"), new byte[20_000]);
        zstd = archived(checkpoint, Compression.DEFAULT);
        whole = read().orElseThrow();
        gzip = archived(checkpoint, new Compression.Gzip(6));
        ExtractionDirectory.remove(checkpoint.directory());
    }

    private byte[] archived(Checkpoint checkpoint, Compression compression) throws IOException {
        Files.deleteIfExists(file);
        ArchiveWriter.write(checkpoint.export(file, compression));
        return Files.readAllBytes(file);
    }

    @AfterProperty
    void removeIt() throws IOException {
        ExtractionDirectory.remove(root);
    }

    @Property(tries = 400)
    void flippedBits(@ForAll boolean zip, @ForAll @IntRange(max = LARGE) int place, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        byte[] archive = copy(zip);
        archive[place % archive.length] ^= (byte) (1 << bit);
        assertSameOrRefused(archive);
    }

    @Property(tries = 200)
    void missingPieces(
            @ForAll boolean zip,
            @ForAll @IntRange(max = LARGE) int from,
            @ForAll @IntRange(min = 1, max = 999) int length)
            throws IOException {
        byte[] archive = copy(zip);
        int start = from % archive.length;
        int end = Math.min(start + length, archive.length);
        assertSameOrRefused(splice(archive, start, end, new byte[0]));
    }

    @Property(tries = 200)
    void insertedBytes(
            @ForAll boolean zip,
            @ForAll @IntRange(max = LARGE) int at,
            @ForAll @net.jqwik.api.constraints.Size(min = 1, max = 600) byte[] inserted)
            throws IOException {
        byte[] archive = copy(zip);
        int start = at % (archive.length + 1);
        assertSameOrRefused(splice(archive, start, start, inserted));
    }

    private byte[] copy(boolean zip) {
        return zip ? gzip.clone() : zstd.clone();
    }

    private static byte[] splice(byte[] archive, int start, int end, byte[] middle) {
        byte[] result = Arrays.copyOf(archive, start + middle.length + archive.length - end);
        System.arraycopy(middle, 0, result, start, middle.length);
        System.arraycopy(archive, end, result, start + middle.length, archive.length - end);
        return result;
    }

    private void assertSameOrRefused(byte[] archive) throws IOException {
        Files.write(file, archive);
        read().ifPresent(files -> {
            assertThat(files.keySet()).isEqualTo(whole.keySet());
            whole.forEach(
                    (name, content) -> assertThat(files.get(name)).as(name).isEqualTo(content));
        });
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).containsExactly(file);
        }
    }

    /** What the archive holds, none if it is refused. */
    private java.util.Optional<Map<String, byte[]>> read() throws IOException {
        try {
            ImportedArchive imported =
                    ArchiveReader.read(new ImportRequest(file, root.resolve("out"), Limits.DEFAULT, Progress.SILENT));
            Map<String, byte[]> files = Checkpoint.files(imported.directory());
            imported.remove();
            return java.util.Optional.of(files);
        } catch (Failure failure) {
            assertThat(failure.code()).isInstanceOf(ArchiveCode.class);
            return java.util.Optional.empty();
        }
    }
}
