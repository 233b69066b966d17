package io.jmigrate.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SeekableArchiveTest {
    @TempDir
    Path directory;

    private Checkpoint checkpoint;
    private Path file;

    @BeforeEach
    void make() throws IOException {
        checkpoint = Checkpoint.in(directory);
        file = directory.resolve("web.tar");
    }

    private SeekableArchive archived(String compression) {
        ArchiveWriter.write(checkpoint.export(file, Compression.named(compression)));
        return SeekableArchive.open(file).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "zstd"})
    void findsEveryMemberWithoutReadingThem(String compression) throws IOException {
        try (SeekableArchive archive = archived(compression)) {
            List<SeekableArchive.Member> members = archive.members();
            assertThat(members.stream().map(SeekableArchive.Member::name))
                    .containsSubsequence(
                            "config.dump", "spec.dump", "checkpoint", "checkpoint/pages-1.img", "manifest.json");
            Map<String, byte[]> images = Checkpoint.files(checkpoint.images());
            for (SeekableArchive.Member member : members) {
                if (member.name().startsWith("checkpoint/")) {
                    assertThat(read(archive, member))
                            .isEqualTo(images.get(member.name().substring("checkpoint/".length())));
                }
            }
        }
    }

    private static byte[] read(SeekableArchive archive, SeekableArchive.Member member) {
        ByteBuffer content = ByteBuffer.allocate((int) member.size());
        archive.read(member.offset(), content);
        return content.array();
    }

    @Test
    void tellsWhetherThereIsAnythingToCheckWith() {
        try (SeekableArchive archive = archived("zstd")) {
            assertThat(archive.check(Optional.empty())).isTrue();
        }
        file = directory.resolve("plain.tar");
        try (SeekableArchive archive = archived("none")) {
            assertThat(archive.check(Optional.empty())).isFalse();
        }
    }

    @Test
    void leavesOthersToThoseWhoReadFromFrontToBack() {
        ArchiveWriter.write(checkpoint.export(file, new Compression.Gzip(1)));
        assertThat(SeekableArchive.open(file)).isEmpty();
        assertThat(SeekableArchive.open(HostileArchive.complete().writeTo(directory.resolve("stream"))))
                .isEmpty();
    }

    @Test
    void isUnderTheRulesOfAnImport() {
        assertMembersRefused(
                ArchiveCode.ARCHIVE_FORBIDDEN,
                "\"../up\" leads out",
                HostileArchive.complete().file("../up", "x").closed());
        assertMembersRefused(
                ArchiveCode.ARCHIVE_INVALID,
                "\"spec.dump\" is there twice",
                HostileArchive.complete().file("spec.dump", "x").closed());
        byte[] tar = HostileArchive.complete().closed();
        assertMembersRefused(ArchiveCode.ARCHIVE_INVALID, "ends too early", java.util.Arrays.copyOf(tar, 1536));
        byte[] longer = java.util.Arrays.copyOf(tar, tar.length + 512);
        longer[tar.length + 5] = 1;
        assertMembersRefused(ArchiveCode.ARCHIVE_INVALID, "something follows its end", longer);
        byte[] global = HostileArchive.complete()
                .file("all", HostileArchive.paxRecord("size", "1"))
                .closed();
        assertMembersRefused(ArchiveCode.ARCHIVE_INVALID, "a header is for all members", ofType(global, "all", 'g'));
        byte[] endless =
                HostileArchive.complete().file("more", new byte[2 << 20]).closed();
        assertMembersRefused(
                ArchiveCode.ARCHIVE_INVALID, "a header is longer than 1048576 bytes", ofType(endless, "more", 'x'));
    }

    private static byte[] ofType(byte[] tar, String name, char type) {
        return HostileArchive.changeHeader(tar, name, header -> header.put(HostileArchive.TYPE_OFFSET, (byte) type));
    }

    private void assertMembersRefused(ArchiveCode code, String what, byte[] tar) {
        HostileArchive.write(file, tar);
        try (SeekableArchive archive = SeekableArchive.open(file).orElseThrow()) {
            assertThatThrownBy(archive::members)
                    .hasMessageContaining(what)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
        }
    }

    @Test
    void refusesBombs() throws IOException {
        Files.write(checkpoint.images().resolve("pages-2.img"), new byte[70 << 20]);
        archived("zstd").close();
        Limits narrow = new Limits(100, 1L << 40, 1L << 40, 1 << 20, 20, 255);
        assertThatThrownBy(() -> SeekableArchive.open(file, narrow))
                .hasMessage("archive " + file + " expands to more than 20 times its size");
        Limits small = new Limits(1, 1 << 20, 1 << 20, 1 << 20, 50_000, 255);
        assertThatThrownBy(() -> SeekableArchive.open(file, small))
                .hasMessage("archive " + file + " has more than 1048576 bytes of content");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatThrownBy(() -> SeekableArchive.open(file))
                .hasMessage("archive " + file + " can't be opened: there is no such file");
    }

    @Test
    void isReadByOthersAsBefore() throws Exception {
        archived("zstd:1").close();
        Process tar = new ProcessBuilder("tar", "--zstd", "-xOf", file.toString(), "checkpoint/pages-1.img").start();
        assertThat(tar.getInputStream().readAllBytes())
                .isEqualTo(Files.readAllBytes(checkpoint.images().resolve("pages-1.img")));
        assertThat(tar.waitFor()).isZero();
    }

    @Test
    void levelsAreChecked() {
        assertThat(Compression.named("zstd:9")).isEqualTo(new Compression.Zstd(9));
        assertThat(Compression.named("gzip:1")).isEqualTo(new Compression.Gzip(1));
        for (String wrong : List.of("zstd:0", "zstd:20", "gzip:10", "none:1", "zstd:", "zstd:x", "xz")) {
            assertThatThrownBy(() -> Compression.named(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aFlippedBitAnywhereIsFoundByACheck() throws IOException {
        archived("zstd").close();
        byte[] sound = Files.readAllBytes(file);
        for (int i = 0; i < sound.length; i += Math.max(1, sound.length / 300)) {
            byte[] flipped = sound.clone();
            flipped[i] ^= (byte) (1 << (i & 7));
            assertFound(flipped);
        }
        for (int i = 1; i < 250; i++) {
            byte[] flipped = sound.clone();
            flipped[sound.length - i] ^= (byte) (1 << (i & 7));
            assertFound(flipped);
        }
    }

    private void assertFound(byte[] flipped) {
        HostileArchive.write(file, flipped);
        try (SeekableArchive archive = SeekableArchive.open(file).orElse(null)) {
            if (archive != null) { // else its table isn't known as one
                assertThatThrownBy(() -> archive.check(Optional.empty())).isInstanceOf(Failure.class);
            }
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(ArchiveCode.ARCHIVE_INVALID);
        }
    }

    @Test
    void aPlainZstdArchiveHasNoTable() {
        HostileArchive.write(file, Zstd.compress(HostileArchive.complete().closed()));
        assertThat(SeekableArchive.open(file)).isEmpty();
    }
}
