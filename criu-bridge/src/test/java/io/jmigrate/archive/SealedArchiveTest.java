package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.archive.integrity.PairOfKeys;
import io.jmigrate.archive.integrity.TrustedKey;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that somebody took to pieces and put together in another way, with their manifest or without. */
class SealedArchiveTest {
    private static final String MANIFEST = "manifest.json";
    private static final String SIGNATURE = "manifest.sig";

    @TempDir
    Path directory;

    private PairOfKeys keys;
    private Path archive;
    private List<Part> parts;

    @BeforeEach
    void make() throws IOException {
        keys = PairOfKeys.in(Files.createDirectory(directory.resolve("keys")), "keys");
        archive = Files.createDirectory(directory.resolve("archives")).resolve("web.tar");
        parts = exported(keys);
    }

    private List<Part> exported(PairOfKeys signer) throws IOException {
        return exported(signer, new byte[5000]);
    }

    /** The members of a new archive. */
    private List<Part> exported(PairOfKeys signer, byte[] memory) throws IOException {
        Checkpoint checkpoint = Checkpoint.in(directory);
        Files.write(checkpoint.images().resolve("pages-1.img"), memory);
        Files.deleteIfExists(archive);
        ArchiveWriter.write(checkpoint.export(archive, new Compression.None()).signed(signer.signing()));
        ExtractionDirectory.remove(checkpoint.directory());
        return Part.of(archive);
    }

    @Test
    void endsWithItsManifestAndTheSignature() throws IOException {
        List<String> names = parts.stream().map(Part::name).toList();
        assertThat(names).startsWith("config.dump").endsWith(MANIFEST, SIGNATURE);
        String manifest = new String(parts.get(names.indexOf(MANIFEST)).content(), StandardCharsets.UTF_8);
        assertThat(names.subList(0, names.size() - 2))
                .allSatisfy(name -> assertThat(manifest).contains("\"" + name.replaceAll("/$", "") + "\""));
        assertThat(parts.getLast().content()).hasSize(64);
    }

    @Test
    void isTakenAsItIs() {
        write(parts);
        assertTaken(Optional.empty());
        assertTaken(Optional.of(keys));
    }

    @Test
    void isTakenWithoutManifestFromWhomeverIfNobodyHasToSignIt() {
        write(without(without(parts, MANIFEST), SIGNATURE));
        assertTaken(Optional.empty());
        assertRefused(ArchiveCode.ARCHIVE_UNSIGNED, "archive " + archive + " is not signed", Optional.of(keys));
        write(without(parts, SIGNATURE));
        assertTaken(Optional.empty());
        assertRefused(ArchiveCode.ARCHIVE_UNSIGNED, "archive " + archive + " is not signed", Optional.of(keys));
    }

    @Test
    void aSignatureWithoutItsManifestIsRefused() {
        write(without(parts, MANIFEST));
        assertAltered(SIGNATURE, "signs a manifest that is not there");
    }

    @Test
    void everyMemberThatWasChangedIsNamed() {
        for (Part part : listed().stream().filter(part -> !part.isDirectory()).toList()) {
            write(replaced(part, part.changed()));
            assertAltered(
                    part.name(),
                    part.content().length > 0 ? "has other content than its manifest says" : "has 1 and not 0 bytes");
            assertRefusedBy(ArchiveCode.ARCHIVE_ALTERED, keys);
        }
    }

    @Test
    void everyMemberThatWasCutIsNamed() {
        for (Part part :
                listed().stream().filter(part -> part.content().length > 0).toList()) {
            int size = part.content().length;
            write(replaced(part, part.with(Arrays.copyOf(part.content(), size - 1))));
            assertAltered(part.name(), "has " + (size - 1) + " and not " + size + " bytes");
        }
    }

    @Test
    void everyMemberThatWasTakenOutIsNamed() {
        for (Part part : listed()) {
            write(without(parts, part.name()));
            assertAltered(part.plainName(), "is missing, though its manifest lists it");
            assertRefusedBy(ArchiveCode.ARCHIVE_ALTERED, keys);
        }
    }

    @Test
    void everyMemberThatWasMovedIsNoticed() {
        for (int place = 0; place < listed().size() - 1; place++) {
            List<Part> swapped = new ArrayList<>(parts);
            Collections.swap(swapped, place, place + 1);
            write(swapped);
            assertAltered(swapped.get(place).plainName(), "is not where its manifest has it");
        }
    }

    @Test
    void twoMembersThatTradedTheirContentAreNoticed() {
        Part config = part("config.dump");
        Part spec = part("spec.dump");
        List<Part> traded = new ArrayList<>(parts);
        traded.replaceAll(part ->
                part == config ? config.with(spec.content()) : part == spec ? spec.with(config.content()) : part);
        write(traded);
        assertRefusedBy(ArchiveCode.ARCHIVE_ALTERED, keys);
    }

    @Test
    void everyMemberThatIsThereTwiceIsNamed() {
        for (Part part : parts) {
            List<Part> twice = new ArrayList<>(parts);
            twice.add(part);
            write(twice);
            assertRefused(ArchiveCode.ARCHIVE_INVALID, sentence(part.plainName(), "is there twice"), Optional.empty());
        }
    }

    @Test
    void whatWasAddedIsNamedWhereverItStands() {
        Part added = new Part("checkpoint/core-99.img", new byte[] {1});
        for (int place = 0; place <= parts.size(); place++) {
            List<Part> more = new ArrayList<>(parts);
            more.add(place, added);
            write(more);
            assertAltered(
                    added.name(),
                    place < listed().size() + 1 ? "is not in its manifest" : "follows the manifest, which is the last");
            assertRefusedBy(ArchiveCode.ARCHIVE_ALTERED, keys);
        }
    }

    @Test
    void aManifestThatWasWrittenAnewHasNoSignature() {
        write(replaced(part(MANIFEST), spaced(part(MANIFEST))));
        assertTaken(Optional.empty());
        assertUntrusted(keys);
    }

    /** The same manifest to a reader, and other bytes. */
    private static Part spaced(Part manifest) {
        byte[] content = Arrays.copyOf(manifest.content(), manifest.content().length + 1);
        content[content.length - 1] = '\n';
        return manifest.with(content);
    }

    @Test
    void theSignatureOfAnotherArchiveIsRefused() throws IOException {
        List<Part> other = exported(keys, new byte[1]);
        List<Part> mixed = replaced(parts, SIGNATURE, other.getLast());
        write(mixed);
        assertUntrusted(keys);
        write(replaced(mixed, MANIFEST, other.get(other.size() - 2)));
        assertRefused(
                ArchiveCode.ARCHIVE_ALTERED,
                sentence("checkpoint/pages-1.img", "has 5000 and not 1 bytes"),
                Optional.of(keys));
    }

    @Test
    void theSignatureOfAnotherKeyIsRefused() throws IOException {
        PairOfKeys others = PairOfKeys.in(directory.resolve("keys"), "others");
        write(parts);
        assertUntrusted(others);
        write(replaced(parts, SIGNATURE, exported(others).getLast()));
        assertUntrusted(keys);
    }

    @Test
    void aDamagedSignatureIsRefused() {
        Part signature = parts.getLast();
        for (byte[] damaged : List.of(
                signature.changed().content(),
                new byte[0],
                new byte[64],
                Arrays.copyOf(signature.content(), 63),
                Arrays.copyOf(signature.content(), 65))) {
            write(replaced(signature, signature.with(damaged)));
            assertUntrusted(keys);
            assertTaken(Optional.empty()); // nobody asked for it
        }
    }

    @Test
    void aManifestThatIsNoneIsRefused() {
        write(replaced(part(MANIFEST), part(MANIFEST).with("{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8))));
        assertRefused(
                ArchiveCode.ARCHIVE_INVALID,
                sentence(MANIFEST, "can't be read: its format is not \"jmigrate checkpoint archive\""),
                Optional.empty());
        assertUntrusted(keys); // not read before it is known whose it is
    }

    private List<Part> listed() {
        return parts.subList(0, parts.size() - 2);
    }

    private Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<Part> without(List<Part> parts, String name) {
        return parts.stream().filter(part -> !part.name().equals(name)).toList();
    }

    private List<Part> replaced(Part old, Part with) {
        return replaced(parts, old.name(), with);
    }

    private static List<Part> replaced(List<Part> parts, String name, Part with) {
        return parts.stream()
                .map(part -> part.name().equals(name) ? with : part)
                .toList();
    }

    private void write(List<Part> changed) {
        HostileArchive.write(archive, Part.packed(changed));
    }

    private ImportedArchive read(Optional<PairOfKeys> signer) {
        ImportRequest request =
                new ImportRequest(archive, archive.resolveSibling("out"), Limits.DEFAULT, Progress.SILENT);
        return ArchiveReader.read(
                signer.map(PairOfKeys::trusted).map(request::trusting).orElse(request));
    }

    private void assertTaken(Optional<PairOfKeys> signer) {
        ImportedArchive imported = read(signer);
        assertThat(imported.container()).isEqualTo(Checkpoint.CONTAINER);
        imported.remove();
        Integrity seen = look(signer);
        assertThat(seen.manifest()).isNotEqualTo(Integrity.State.ALTERED);
        assertThat(seen.signer()).isEqualTo(signer.map(PairOfKeys::trusted).map(TrustedKey::fingerprint));
    }

    /** What is seen by whoever only looks. */
    private Integrity look(Optional<PairOfKeys> signer) {
        return ArchiveContents.read(archive, Limits.DEFAULT).integrity(signer.map(PairOfKeys::trusted));
    }

    private String sentence(String member, String what) {
        return "archive " + archive + ": member \"" + member + "\" " + what;
    }

    private void assertAltered(String member, String what) {
        assertRefused(ArchiveCode.ARCHIVE_ALTERED, sentence(member, what), Optional.empty());
    }

    private void assertUntrusted(PairOfKeys signer) {
        assertRefused(
                ArchiveCode.ARCHIVE_UNTRUSTED,
                "archive " + archive + " is not signed by key " + signer.open() + ", or was changed afterwards",
                Optional.of(signer));
    }

    private void assertRefusedBy(ArchiveCode code, PairOfKeys signer) {
        assertThatThrownBy(() -> read(Optional.of(signer)))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
        assertNothingIsLeft();
    }

    private void assertRefused(ArchiveCode code, String sentence, Optional<PairOfKeys> signer) {
        assertThatThrownBy(() -> read(signer))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(sentence);
        assertNothingIsLeft();
        assertThat(seen(signer)).contains(sentence);
    }

    /** What is said to whoever only looks. */
    private Optional<String> seen(Optional<PairOfKeys> signer) {
        try {
            return look(signer).difference();
        } catch (Failure failure) {
            return Optional.of(failure.getMessage());
        }
    }

    private void assertNothingIsLeft() {
        try (Stream<Path> left = Files.list(archive.getParent())) {
            assertThat(left).containsExactly(archive);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
