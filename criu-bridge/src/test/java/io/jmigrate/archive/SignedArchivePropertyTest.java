package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * Whatever happens to a signed archive that no checksum of a compression protects, an import that requires the signature gives
 * what was signed or nothing.
 */
class SignedArchivePropertyTest {
    private static final int LARGE = Integer.MAX_VALUE;
    private static final int BLOCK_BYTES = 512;

    private Path root;
    private Path file;
    private byte[] archive;
    private List<Part> parts;
    private TrustedKey key;
    private Map<String, byte[]> whole;

    @BeforeProperty
    void makeAnArchive() throws IOException {
        root = Files.createTempDirectory("jmigrate-signed");
        Path directory = Files.createDirectory(root.resolve("archives"));
        PairOfKeys keys = PairOfKeys.in(root, "keys");
        key = keys.trusted();
        file = directory.resolve("archive");
        Checkpoint checkpoint = Checkpoint.in(root);
        byte[] memory = new byte[3000];
        new Random(2).nextBytes(memory);
        Files.write(checkpoint.images().resolve("pages-1.img"), memory);
        ArchiveWriter.write(checkpoint.export(file, new Compression.None()).signed(keys.signing()));
        archive = Files.readAllBytes(file);
        parts = Part.of(file);
        whole = read().orElseThrow();
    }

    @AfterProperty
    void removeIt() throws IOException {
        ExtractionDirectory.remove(root);
    }

    @Property(tries = 400)
    void flippedBits(@ForAll @IntRange(max = LARGE) int place, @ForAll @IntRange(max = 7) int bit) throws IOException {
        byte[] changed = archive.clone();
        changed[place % archive.length] ^= (byte) (1 << bit);
        assertSignedOrRefused(changed);
    }

    /** The content of members is all that matters, so this is never taken. */
    @Property(tries = 200)
    void flippedBitsOfContent(
            @ForAll @IntRange(max = LARGE) int which,
            @ForAll @IntRange(max = LARGE) int place,
            @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        List<Part> full =
                parts.stream().filter(part -> part.content().length > 0).toList();
        Part part = full.get(which % full.size());
        byte[] content = part.content().clone();
        content[place % content.length] ^= (byte) (1 << bit);
        Files.write(
                file,
                Part.packed(parts.stream()
                        .map(each -> each == part ? part.with(content) : each)
                        .toList()));
        assertThat(read()).as("a change of %s", part).isEmpty();
        assertNothingIsLeft();
    }

    @Property(tries = 100)
    void missingPieces(@ForAll @IntRange(max = LARGE) int from, @ForAll @IntRange(min = 1, max = 3000) int length)
            throws IOException {
        int start = from % archive.length;
        assertSignedOrRefused(splice(start, Math.min(start + length, archive.length), new byte[0]));
    }

    @Property(tries = 100)
    void insertedBytes(@ForAll @IntRange(max = LARGE) int at, @ForAll @Size(min = 1, max = 600) byte[] inserted)
            throws IOException {
        int start = at % (archive.length + 1);
        assertSignedOrRefused(splice(start, start, inserted));
    }

    /** What a tar is made of, so that headers and content stay readable and stand elsewhere. */
    @Property(tries = 150)
    void blocksThatTradedPlaces(@ForAll @IntRange(max = LARGE) int one, @ForAll @IntRange(max = LARGE) int other)
            throws IOException {
        int blocks = archive.length / BLOCK_BYTES;
        int first = one % blocks * BLOCK_BYTES;
        int second = other % blocks * BLOCK_BYTES;
        byte[] changed = archive.clone();
        System.arraycopy(archive, first, changed, second, BLOCK_BYTES);
        System.arraycopy(archive, second, changed, first, BLOCK_BYTES);
        assertSignedOrRefused(changed);
    }

    @Property(tries = 100)
    void membersInAnotherOrder(@ForAll Random random) throws IOException {
        List<Part> shuffled = new ArrayList<>(parts);
        java.util.Collections.shuffle(shuffled, random);
        Files.write(file, Part.packed(shuffled));
        Optional<Map<String, byte[]>> taken = read();
        assertThat(taken.isPresent()).isEqualTo(shuffled.equals(parts));
        assertNothingIsLeft();
    }

    @Example
    void cutsAtEveryBlockAndBesideIt() throws IOException {
        for (int block = 0; block < archive.length; block += BLOCK_BYTES) {
            for (int length = Math.max(block - 1, 0); length <= block + 1; length++) {
                assertSignedOrRefused(Arrays.copyOf(archive, length));
            }
        }
    }

    private byte[] splice(int start, int end, byte[] middle) {
        byte[] result = Arrays.copyOf(archive, start + middle.length + archive.length - end);
        System.arraycopy(middle, 0, result, start, middle.length);
        System.arraycopy(archive, end, result, start + middle.length, archive.length - end);
        return result;
    }

    private void assertSignedOrRefused(byte[] changed) throws IOException {
        Files.write(file, changed);
        read().ifPresent(files -> {
            assertThat(files.keySet()).isEqualTo(whole.keySet());
            whole.forEach(
                    (name, content) -> assertThat(files.get(name)).as(name).isEqualTo(content));
        });
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }

    /** What the archive holds, none if it is refused. */
    private Optional<Map<String, byte[]>> read() throws IOException {
        Path out = file.resolveSibling("out");
        try {
            ImportedArchive imported =
                    ArchiveReader.read(new ImportRequest(file, out, Limits.DEFAULT, Progress.SILENT).trusting(key));
            Map<String, byte[]> files = Checkpoint.files(imported.directory());
            imported.remove();
            return Optional.of(files);
        } catch (Failure failure) {
            assertThat(failure.code()).isInstanceOf(ArchiveCode.class);
            return Optional.empty();
        }
    }
}
