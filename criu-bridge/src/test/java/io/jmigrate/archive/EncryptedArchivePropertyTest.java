package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.secrecy.Decryption;
import io.jmigrate.archive.secrecy.Encryption;
import io.jmigrate.archive.secrecy.Identity;
import io.jmigrate.archive.secrecy.QuickPassphrase;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/** Whatever happens to an encrypted archive, an import takes what was encrypted or nothing, and leaves nothing behind. */
class EncryptedArchivePropertyTest {
    private static final int LARGE = Integer.MAX_VALUE;
    private static final int CHUNK_BYTES = (64 << 10) + 16;

    private Path root;
    private Path file;
    private Identity identity;
    private Checkpoint checkpoint;
    private byte[] archive;
    private int headerBytes;

    @BeforeProperty
    void makeAnArchive() throws IOException {
        root = Files.createTempDirectory("jmigrate-encrypted");
        file = Files.createDirectory(root.resolve("archives")).resolve("archive");
        identity = Identity.in(root, "identity");
        checkpoint = Checkpoint.in(root);
        Files.write(checkpoint.images().resolve("pages-1.img"), new byte[150_000]);
        write(Encryption.of(List.of(Identity.in(root, "other").recipient(), identity.recipient())));
        archive = Files.readAllBytes(file);
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        headerBytes = text.indexOf('\n', text.indexOf("\n---")) + 1;
    }

    private void write(Encryption encryption) throws IOException {
        Files.deleteIfExists(file);
        ArchiveWriter.write(checkpoint.export(file, new Compression.None()).encrypted(encryption));
    }

    @AfterProperty
    void removeIt() throws IOException {
        ExtractionDirectory.remove(root);
    }

    @Example
    void isReadWithTheRightIdentityAlone() throws IOException {
        ImportedArchive imported = read(identity.decryption());
        Map<String, byte[]> images = Checkpoint.files(imported.imageDirectory());
        assertThat(images.get("pages-1.img")).isEqualTo(new byte[150_000]);
        imported.remove();

        assertRefused(
                Set.of(ArchiveCode.ARCHIVE_WRONG_KEY),
                Identity.in(root, "third").decryption());
        Path phrase = Identity.secret(root.resolve("phrase"), "horse");
        assertRefused(Set.of(ArchiveCode.ARCHIVE_WRONG_KEY), Decryption.withPassphrase(phrase));
        assertThatThrownBy(() -> ArchiveReader.read(request())).hasMessage("archive " + file + " is encrypted");
        assertThatThrownBy(() -> ArchiveContents.read(file, Limits.DEFAULT))
                .hasMessage("archive " + file + " is encrypted");
        assertThat(ArchiveContents.read(file, Limits.DEFAULT, Optional.of(identity.decryption()))
                        .container())
                .isPresent();
        assertNothingIsLeft();
    }

    @Example
    void isReadWithItsPassphraseAlone() throws IOException {
        write(QuickPassphrase.encryption("horse"));
        read(Decryption.withPassphrase(Identity.secret(root.resolve("phrase"), "horse\n")))
                .remove();
        Path wrong = Identity.secret(root.resolve("wrong"), "mule");
        assertThatThrownBy(() -> read(Decryption.withPassphrase(wrong)))
                .hasMessage("archive " + file + " can't be decrypted with the passphrase in " + wrong);
        assertNothingIsLeft();
    }

    @Example
    void anArchiveInPlainIsNotTakenForOne() throws IOException {
        Files.delete(file);
        ArchiveWriter.write(checkpoint.export(file, Compression.DEFAULT));
        assertThatThrownBy(() -> read(identity.decryption())).hasMessage("archive " + file + " is not encrypted");
        assertNothingIsLeft();
    }

    /** Every byte is covered: the header, its code, the nonce, each chunk. */
    @Property(tries = 300)
    void flippedBits(@ForAll @IntRange(max = LARGE) int place, @ForAll @IntRange(max = 7) int bit) throws IOException {
        assertRefused(flipped(place % archive.length, bit));
    }

    @Property(tries = 150)
    void flippedBitsOfTheHeader(@ForAll @IntRange(max = LARGE) int place, @ForAll @IntRange(max = 7) int bit)
            throws IOException {
        assertRefused(flipped(place % (headerBytes + 16), bit));
    }

    private byte[] flipped(int place, int bit) {
        byte[] changed = archive.clone();
        changed[place] ^= (byte) (1 << bit);
        return changed;
    }

    @Property(tries = 100)
    void cut(@ForAll @IntRange(max = LARGE) int length) throws IOException {
        assertRefused(Arrays.copyOf(archive, length % archive.length));
    }

    @Property(tries = 60)
    void followedBySomething(@ForAll @Size(min = 1, max = 200) byte[] more) throws IOException {
        byte[] longer = Arrays.copyOf(archive, archive.length + more.length);
        System.arraycopy(more, 0, longer, archive.length, more.length);
        assertRefused(longer);
    }

    @Example
    void chunksThatAreMissingTradedOrThereTwice() throws IOException {
        int payload = headerBytes + 16;
        int chunks = (archive.length - payload) / CHUNK_BYTES;
        assertThat(chunks).isGreaterThanOrEqualTo(2);
        for (int chunk = 0; chunk <= chunks; chunk++) {
            int start = payload + chunk * CHUNK_BYTES;
            assertRefused(Arrays.copyOf(archive, start)); // cut exactly between two
            int end = Math.min(start + CHUNK_BYTES, archive.length);
            assertRefused(spliced(start, end, new byte[0]));
            assertRefused(spliced(start, start, Arrays.copyOfRange(archive, start, end)));
        }
        byte[] traded = archive.clone();
        System.arraycopy(archive, payload, traded, payload + CHUNK_BYTES, CHUNK_BYTES);
        System.arraycopy(archive, payload + CHUNK_BYTES, traded, payload, CHUNK_BYTES);
        assertRefused(traded);
    }

    private byte[] spliced(int start, int end, byte[] middle) {
        byte[] result = Arrays.copyOf(archive, start + middle.length + archive.length - end);
        System.arraycopy(middle, 0, result, start, middle.length);
        System.arraycopy(archive, end, result, start + middle.length, archive.length - end);
        return result;
    }

    private void assertRefused(byte[] changed) throws IOException {
        Files.write(file, changed);
        assertRefused(
                Set.of(ArchiveCode.ARCHIVE_INVALID, ArchiveCode.ARCHIVE_WRONG_KEY, ArchiveCode.ARCHIVE_PLAIN),
                identity.decryption());
        assertNothingIsLeft();
    }

    private void assertRefused(Set<ArchiveCode> codes, Decryption means) {
        assertThatThrownBy(() -> read(means))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isIn(codes));
    }

    private ImportRequest request() {
        return new ImportRequest(file, file.resolveSibling("out"), Limits.DEFAULT, Progress.SILENT);
    }

    private ImportedArchive read(Decryption means) {
        return ArchiveReader.read(request().decrypting(means));
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
    }
}
