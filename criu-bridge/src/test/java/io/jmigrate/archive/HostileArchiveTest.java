package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.jmigrate.runtime.failure.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HostileArchiveTest {
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private Limits limits = Limits.DEFAULT;

    @AfterEach
    void nothingIsLeftBesideTheArchive() throws IOException {
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).allMatch(path -> path.equals(archive()));
        }
    }

    @Test
    void refusesTooManyMembers() {
        limits = new Limits(3, MEBIBYTE, MEBIBYTE, MEBIBYTE, 1000, 255);
        HostileArchive.complete().file("checkpoint/a.img", "x").writeTo(archive());
        assertRefused(ArchiveCode.ARCHIVE_TOO_LARGE, "archive " + archive() + " has more than 3 members");
    }

    @Test
    void refusesMembersThatAreTooLarge() {
        limits = new Limits(10, 1000, MEBIBYTE, MEBIBYTE, 1000, 255);
        HostileArchive.complete().file("checkpoint/a.img", new byte[1001]).writeTo(archive());
        assertRefused(ArchiveCode.ARCHIVE_TOO_LARGE, memberSentence("checkpoint/a.img", "has more than 1000 bytes"));
    }

    @Test
    void refusesDocumentsThatAreTooLarge() {
        limits = new Limits(10, MEBIBYTE, MEBIBYTE, 1000, 1000, 255);
        HostileArchive.complete().file("dump.log", new byte[1001]).writeTo(archive());
        assertRefused(ArchiveCode.ARCHIVE_TOO_LARGE, memberSentence("dump.log", "has more than 1000 bytes"));
    }

    @Test
    void refusesTooMuchContentInAll() {
        limits = new Limits(10, 1000, 1500, 1000, 1000, 255);
        HostileArchive.complete()
                .file("checkpoint/a.img", new byte[1000])
                .file("checkpoint/b.img", new byte[1000])
                .writeTo(archive());
        assertRefused(ArchiveCode.ARCHIVE_TOO_LARGE, "archive " + archive() + " has more than 1500 bytes of content");
    }

    @Test
    void refusesBombs() {
        limits = new Limits(10, 1L << 40, 1L << 40, MEBIBYTE, 100, 255);
        HostileArchive.complete()
                .file("checkpoint/pages-1.img", new byte[100 * MEBIBYTE])
                .writeTo(archive());
        assertRefused(
                ArchiveCode.ARCHIVE_TOO_LARGE,
                memberSentence("checkpoint/pages-1.img", "expands to more than 100 times the size of the archive"));
    }

    @Test
    void refusesHeadersThatNeverEnd() {
        HostileArchive archive = HostileArchive.complete();
        archive.special(
                "checkpoint/a.img",
                TarConstants.LF_NORMAL,
                entry -> entry.addPaxHeader("comment", "x".repeat(8 * MEBIBYTE)));
        archive.writeTo(archive());
        assertRefused(
                ArchiveCode.ARCHIVE_INVALID,
                "archive " + archive() + " is damaged: a header is longer than 1048576 bytes");
    }

    @Test
    void refusesSizesThatDoNotFitTheFile() {
        byte[] tar = HostileArchive.complete().file("checkpoint/a.img", "x").open();
        HostileArchive.changeHeader(
                tar, "checkpoint/a.img", header -> header.put(HostileArchive.SIZE_OFFSET, "00000200000\0".getBytes()));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertDamaged();
    }

    @Test
    void refusesNegativeSizes() {
        byte[] tar = HostileArchive.complete().file("checkpoint/a.img", "x").closed();
        byte[] negative = new byte[12];
        Arrays.fill(negative, (byte) 0xff);
        HostileArchive.changeHeader(
                tar, "checkpoint/a.img", header -> header.put(HostileArchive.SIZE_OFFSET, negative));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertDamaged();
    }

    @Test
    void refusesHeadersWithAWrongChecksum() {
        byte[] tar = HostileArchive.complete().file("checkpoint/a.img", "x").closed();
        tar[HostileArchive.headerOf(tar, "checkpoint/a.img") + 150]++;
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertRefused(
                ArchiveCode.ARCHIVE_INVALID, memberSentence("checkpoint/a.img", "has a header with a wrong checksum"));
    }

    @Test
    void refusesWhatIsNotAnArchive() {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        for (byte[] content : List.of(
                new byte[0],
                "x".getBytes(),
                noise,
                new byte[10240],
                Zstd.compress(noise),
                Zstd.compress(new byte[0]))) {
            HostileArchive.write(archive(), content);
            assertRefused(ArchiveCode.ARCHIVE_INVALID, archive() + " is not a checkpoint archive");
        }
    }

    @Test
    void refusesADirectoryInPlaceOfTheArchive() throws IOException {
        Files.createDirectory(archive());
        assertRefused(ArchiveCode.ARCHIVE_MISSING, "archive " + archive() + " can't be opened: it is a directory");
        Files.delete(archive());
    }

    @Test
    void noticesEveryTruncationOfTheCompressedFile() {
        byte[] whole = Zstd.compress(HostileArchive.complete().closed());
        for (int length = 0; length < whole.length; length++) {
            HostileArchive.write(archive(), Arrays.copyOf(whole, length));
            assertInvalid();
        }
    }

    @Test
    void saysThatATarEndsTooEarly() {
        byte[] whole = HostileArchive.complete()
                .file("checkpoint/pages-1.img", new byte[4096])
                .open();
        HostileArchive.write(archive(), whole);
        assertRefused(ArchiveCode.ARCHIVE_INVALID, "archive " + archive() + " is damaged: it ends too early");
        HostileArchive.write(archive(), Arrays.copyOf(whole, whole.length - 2000));
        assertDamaged();
    }

    @Test
    void noticesEveryTruncationOfTheTar() {
        HostileArchive complete = HostileArchive.complete();
        int content = complete.open().length;
        byte[] whole = complete.closed();
        for (int length = 0; length < content + 512; length += 256) {
            HostileArchive.write(archive(), Zstd.compress(Arrays.copyOf(whole, length)));
            assertInvalid();
        }
    }

    @Test
    void refusesContentBehindTheEndOfTheTar() {
        byte[] whole = HostileArchive.complete().closed();
        for (int offset : new int[] {whole.length, whole.length + 5000}) {
            byte[] longer = Arrays.copyOf(whole, offset + 1);
            longer[offset] = 1;
            HostileArchive.write(archive(), Zstd.compress(longer));
            assertRefused(
                    ArchiveCode.ARCHIVE_INVALID, "archive " + archive() + " is damaged: something follows its end");
        }
    }

    @Test
    void refusesASecondTarBehindTheFirst() {
        byte[] first = HostileArchive.complete().closed();
        byte[] second = HostileArchive.complete().closed();
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        HostileArchive.write(archive(), Zstd.compress(both));
        assertRefused(ArchiveCode.ARCHIVE_INVALID, "archive " + archive() + " is damaged: something follows its end");
    }

    @Test
    void refusesGarbageBehindTheCompressedContent() throws IOException {
        byte[] tar = HostileArchive.complete().closed();
        for (byte[] compressed : List.of(Zstd.compress(tar), gzip(tar))) {
            byte[] longer = Arrays.copyOf(compressed, compressed.length + 100);
            Arrays.fill(longer, compressed.length, longer.length, (byte) 7);
            HostileArchive.write(archive(), longer);
            assertDamaged();
        }
    }

    @Test
    void refusesArchivesWithoutTheirRequiredParts() {
        for (String missing : List.of("config.dump", "spec.dump", "checkpoint/inventory.img")) {
            HostileArchive archive = new HostileArchive();
            for (String name : List.of("config.dump", "spec.dump", "checkpoint/inventory.img")) {
                if (!name.equals(missing)) {
                    archive.file(name, name.endsWith(".img") ? Checkpoint.inventory() : "{}".getBytes());
                }
            }
            archive.writeTo(archive());
            assertRefused(ArchiveCode.ARCHIVE_INVALID, "archive " + archive() + " has no " + missing);
        }
    }

    @Test
    void refusesPartsThatAreNotWhatTheirNamesSay() {
        refusesParts("[", "{}", Checkpoint.inventory(), "config.dump", "can't be read: unexpected end-of-input");
        refusesParts("[]", "{}", Checkpoint.inventory(), "config.dump", "can't be read: not a JSON object");
        refusesParts(
                "{\"createdTime\":\"soon\"}",
                "{}",
                Checkpoint.inventory(),
                "config.dump",
                "can't be read: createdTime is not a time: \"soon\"");
        refusesParts("{}", "[]", Checkpoint.inventory(), "spec.dump", "is not a JSON object");
        refusesParts("{}", "", Checkpoint.inventory(), "spec.dump", "is not a JSON object");
        refusesParts("{}", "{\"a\":", Checkpoint.inventory(), "spec.dump", "can't be read: unexpected end-of-input");
        refusesParts(
                "{}",
                "[".repeat(100_000),
                Checkpoint.inventory(),
                "spec.dump",
                "can't be read: document nesting depth");
        refusesParts(
                "{}",
                "{}",
                new byte[8],
                "checkpoint/inventory.img",
                "can't be read: inventory.img is not a criu image of kind INVENTORY");
    }

    private void refusesParts(String config, String spec, byte[] inventory, String member, String what) {
        new HostileArchive()
                .file("config.dump", config)
                .file("spec.dump", spec)
                .file("checkpoint/inventory.img", inventory)
                .writeTo(archive());
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_INVALID))
                .hasMessageStartingWith(memberSentence(member, what));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private String memberSentence(String name, String what) {
        return "archive " + archive() + ": member \"" + name + "\" " + what;
    }

    private void assertRefused(ArchiveCode code, String sentence) {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage(sentence);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private void assertInvalid() {
        assertThatThrownBy(this::read).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                .isEqualTo(ArchiveCode.ARCHIVE_INVALID));
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private void assertDamaged() {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_INVALID))
                .hasMessageStartingWith("archive " + archive() + " is damaged: ");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    private ImportedArchive read() {
        return ArchiveReader.read(new ImportRequest(archive(), directory.resolve("out"), limits, Progress.SILENT));
    }

    private Path archive() {
        return directory.resolve("hostile.tar.zst");
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
