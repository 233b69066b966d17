package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever happens to an archive whose frames are signed, it is refused, or gives what was signed. */
class SignedFramesPropertyTest {
    private static final int LARGE = Integer.MAX_VALUE;
    private static final int TAIL_BYTES = 400;

    private Path root;
    private Path file;
    private Checkpoint checkpoint;
    private PairOfKeys keys;
    private byte[] archive;
    private Map<String, byte[]> whole;

    @BeforeProperty
    void makeAnArchive() throws IOException {
        root = Files.createTempDirectory("jmigrate-signed-frames");
        keys = PairOfKeys.in(root, "keys");
        file = root.resolve("archive");
        checkpoint = Checkpoint.in(root);
        byte[] memory = new byte[5 << 19];
        new Random(2).nextBytes(memory);
        Arrays.fill(memory, 20_000, memory.length - 5_000, (byte) 'm');
        Files.write(checkpoint.images().resolve("pages-1.img"), memory);
        archive = signedBy(keys);
        whole = read(keys.trusted()).orElseThrow();
    }

    private byte[] signedBy(PairOfKeys signer) throws IOException {
        Files.deleteIfExists(file);
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT).signed(signer.signing()));
        return Files.readAllBytes(file);
    }

    @AfterProperty
    void removeIt() throws IOException {
        ExtractionDirectory.remove(root);
    }

    @Property(tries = 150)
    void flippedBits(@ForAll @IntRange(max = LARGE) int place, @ForAll @IntRange(max = 7) int bit) throws IOException {
        assertSignedOrRefused(flipped(place % archive.length, bit));
    }

    /** Digests, signature and table are there. */
    @Property(tries = 150)
    void flippedBitsOfTheEnd(
            @ForAll @IntRange(min = 1, max = TAIL_BYTES) int fromEnd, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        assertSignedOrRefused(flipped(archive.length - fromEnd, bit));
    }

    private byte[] flipped(int place, int bit) {
        byte[] changed = archive.clone();
        changed[place] ^= (byte) (1 << bit);
        return changed;
    }

    private void assertSignedOrRefused(byte[] changed) throws IOException {
        Files.write(file, changed);
        read(keys.trusted()).ifPresent(files -> {
            assertThat(files.keySet()).isEqualTo(whole.keySet());
            whole.forEach(
                    (name, content) -> assertThat(files.get(name)).as(name).isEqualTo(content));
        });
        assertThat(root.resolve("out")).doesNotExist();
    }

    @Example
    void signaturesOfOthersAreRefusedBeforeAnythingIsUnpacked() throws IOException {
        signedBy(PairOfKeys.in(root, "others"));
        assertRefused(ArchiveCode.ARCHIVE_UNTRUSTED);
    }

    @Example
    void whoeverTakesTheSignedDigestsAwayGetsNothingBetter() throws IOException {
        Files.delete(file);
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        assertThat(LazyArchive.open(request().trusting(keys.trusted()))).isEmpty();
        assertThatThrownBy(() -> ArchiveReader.read(request().trusting(keys.trusted())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_UNSIGNED));
    }

    @Example
    void framesOfTwoSignedArchivesDoNotMix() throws IOException {
        byte[] first = archive;
        byte[] memory = Files.readAllBytes(checkpoint.images().resolve("pages-1.img"));
        memory[3] ^= 1;
        Files.write(checkpoint.images().resolve("pages-1.img"), memory);
        byte[] second = signedBy(keys);
        System.arraycopy(first, 0, second, 0, 20_000);
        Files.write(file, second);
        assertRefused(ArchiveCode.ARCHIVE_INVALID);
    }

    private void assertRefused(ArchiveCode code) {
        assertThatThrownBy(() -> confirm(request().trusting(keys.trusted())))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
        assertThat(root.resolve("out")).doesNotExist();
    }

    private static void confirm(ImportRequest request) {
        try (LazyArchive lazy = LazyArchive.open(request).orElseThrow()) {
            try {
                lazy.pages().confirm();
            } finally {
                lazy.archive().remove();
            }
        }
    }

    private ImportRequest request() {
        return new ImportRequest(file, root.resolve("out"), Limits.DEFAULT, Progress.SILENT);
    }

    /** What the archive holds, memory that stays in it included; none if it is refused. */
    private Optional<Map<String, byte[]>> read(TrustedKey key) throws IOException {
        try {
            Optional<LazyArchive> lazy = LazyArchive.open(request().trusting(key));
            try (LazyArchive _ = lazy.orElse(null)) {
                ImportedArchive imported = lazy.map(LazyArchive::archive)
                        .orElseGet(() -> ArchiveReader.read(request().trusting(key)));
                try {
                    lazy.map(LazyArchive::pages).ifPresent(PageStore::confirm);
                    return Optional.of(Checkpoint.files(imported.directory()));
                } finally {
                    imported.remove();
                }
            }
        } catch (Failure failure) {
            assertThat(failure.code()).isInstanceOf(ArchiveCode.class);
            return Optional.empty();
        }
    }
}
