package io.jmigrate.archive;

import static io.jmigrate.archive.ArchiveCode.ARCHIVE_FORBIDDEN;
import static io.jmigrate.archive.ArchiveCode.ARCHIVE_INVALID;
import static io.jmigrate.archive.ArchiveCode.ARCHIVE_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Members that have no business in a checkpoint: each is refused by name, and nothing is written outside or left. */
@Timeout(60)
class HostileMembersTest {
    private static final String CHECKPOINT = "checkpoint/core-1.img";

    @TempDir
    private Path directory;

    /**
     * @param member how the message names it
     * @param what the message says of it
     * @param make adds it to an archive that is complete without it
     */
    private record Member(
            String title, String member, ArchiveCode code, String what, UnaryOperator<HostileArchive> make) {
        Member called(String name) {
            return new Member(title, name, code, what, make);
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private static Member file(String title, String name, ArchiveCode code, String what) {
        return new Member(title, printable(name), code, what, archive -> archive.file(name, "x"));
    }

    private static Member special(String title, byte type, String target, String what) {
        String sentence = "is " + what + ", which a checkpoint never holds";
        return new Member(
                title,
                CHECKPOINT,
                ARCHIVE_FORBIDDEN,
                sentence,
                archive -> archive.special(CHECKPOINT, type, entry -> {
                    entry.setLinkName(target);
                    entry.setDevMajor(1);
                    entry.setDevMinor(3);
                }));
    }

    private static String printable(String name) {
        return name.replaceAll("[\\x00-\\x1f]", "?");
    }

    static Stream<Member> members() {
        return Stream.of(names(), places(), types(), twice()).flatMap(List::stream);
    }

    private static List<Member> names() {
        String out = "leads out of the archive";
        String absolute = "has an absolute name";
        String longName = "checkpoint/" + "a".repeat(300) + ".img";
        return List.of(
                file("a name that begins with ..", "../escape", ARCHIVE_FORBIDDEN, out),
                file("a name with .. in the middle", "checkpoint/../../escape.img", ARCHIVE_FORBIDDEN, out),
                file("a name with .. behind a dot", "./../escape", ARCHIVE_FORBIDDEN, out),
                file("a name that ends with ..", "checkpoint/..", ARCHIVE_FORBIDDEN, out),
                file("nothing but ..", "..", ARCHIVE_FORBIDDEN, out),
                file("an absolute name", "/etc/cron.d/x", ARCHIVE_FORBIDDEN, absolute),
                file("an absolute name with two slashes", "//etc/cron.d/x", ARCHIVE_FORBIDDEN, absolute),
                new Member(
                        "a name of more than 255 bytes",
                        longName.substring(0, 100) + "…",
                        ARCHIVE_TOO_LARGE,
                        "has a name of more than 255 bytes",
                        archive -> archive.file(longName, "x")));
    }

    private static List<Member> places() {
        String place = "has no place in a checkpoint archive";
        String lacking = ", which this version can't restore";
        return List.of(
                file("a name that is not on the list", "other.txt", ARCHIVE_FORBIDDEN, place),
                file("another kind of file beside the images", "checkpoint/other.txt", ARCHIVE_FORBIDDEN, place),
                file("an image without a name", "checkpoint/.img", ARCHIVE_FORBIDDEN, place),
                file("an image further down", "checkpoint/deep/core-1.img", ARCHIVE_FORBIDDEN, place),
                file("a blank in a name", "checkpoint/a b.img", ARCHIVE_FORBIDDEN, place),
                file("a line end in a name", "checkpoint/a\nb.img", ARCHIVE_FORBIDDEN, place),
                file("an escape sequence in a name", "a\u001b[31mb", ARCHIVE_FORBIDDEN, place),
                file("capital letters", "CONFIG.DUMP", ARCHIVE_FORBIDDEN, place),
                file("a file in place of the directory of images", "checkpoint", ARCHIVE_FORBIDDEN, place),
                new Member(
                        "a directory in place of a file",
                        "dump.log",
                        ARCHIVE_FORBIDDEN,
                        place,
                        archive -> archive.directory("dump.log")),
                file("a file below a file", "spec.dump/x", ARCHIVE_FORBIDDEN, place),
                new Member(
                        "a directory that is not on the list",
                        "elsewhere",
                        ARCHIVE_FORBIDDEN,
                        place,
                        archive -> archive.directory("elsewhere")),
                file("volumes further down", "volumes/a/data.tar", ARCHIVE_FORBIDDEN, "holds volumes" + lacking),
                file("a volume without a name", "volumes/.tar", ARCHIVE_FORBIDDEN, "holds volumes" + lacking),
                file("artifacts", "artifacts/x", ARCHIVE_FORBIDDEN, "holds artifacts" + lacking));
    }

    private static List<Member> types() {
        return List.of(
                special("a symbolic link in the tree", TarConstants.LF_SYMLINK, "inventory.img", "a symbolic link"),
                special("a symbolic link out of it", TarConstants.LF_SYMLINK, "../../escape", "a symbolic link"),
                special("a symbolic link to /etc/passwd", TarConstants.LF_SYMLINK, "/etc/passwd", "a symbolic link"),
                special("a hard link in the tree", TarConstants.LF_LINK, "spec.dump", "a hard link"),
                special("a hard link out of it", TarConstants.LF_LINK, "../../escape", "a hard link"),
                special("a hard link to /etc/passwd", TarConstants.LF_LINK, "/etc/passwd", "a hard link"),
                special("a character device", TarConstants.LF_CHR, "", "a device"),
                special("a block device", TarConstants.LF_BLK, "", "a device"),
                special("a fifo", TarConstants.LF_FIFO, "", "a fifo"),
                special("a contiguous file", TarConstants.LF_CONTIG, "", "of an unknown type"),
                special("a type that nobody knows", (byte) 'Z', "", "of an unknown type"),
                new Member(
                        "a symbolic link and a file through it",
                        "checkpoint",
                        ARCHIVE_FORBIDDEN,
                        "is a symbolic link, which a checkpoint never holds",
                        archive -> archive.special(
                                        "checkpoint", TarConstants.LF_SYMLINK, entry -> entry.setLinkName("../.."))
                                .file("checkpoint/escape.img", "x")));
    }

    private static List<Member> twice() {
        return List.of(
                file("a member twice", "spec.dump", ARCHIVE_INVALID, "is there twice"),
                file("a member twice, spelled otherwise", "./spec.dump", ARCHIVE_INVALID, "is there twice")
                        .called("spec.dump"),
                new Member(
                        "the directory twice",
                        "checkpoint",
                        ARCHIVE_INVALID,
                        "is there twice",
                        archive -> archive.directory("checkpoint").directory("./checkpoint")));
    }

    @ParameterizedTest
    @MethodSource("members")
    void isRefused(Member member) throws IOException {
        member.make().apply(HostileArchive.complete()).writeTo(archive());
        assertRefused(member.code(), "member \"" + member.member() + "\" " + member.what());
    }

    static Stream<List<String>> sparseRecords() {
        return Stream.of(
                List.of("GNU.sparse.map", "0,0", "GNU.sparse.size", "1099511627776"),
                List.of("GNU.sparse.major", "1", "GNU.sparse.minor", "0", "GNU.sparse.realsize", "1099511627776"));
    }

    @ParameterizedTest
    @MethodSource("sparseRecords")
    void aSparseFileIsRefusedHoweverLargeItClaimsToBe(List<String> records) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < records.size(); i += 2) {
            header.append(HostileArchive.paxRecord(records.get(i), records.get(i + 1)));
        }
        String extended = "PaxHeaders/core-1.img";
        byte[] tar = HostileArchive.complete()
                .file(extended, header.toString())
                .file(CHECKPOINT, Arrays.copyOf("1\n0\n0\n".getBytes(StandardCharsets.UTF_8), 512))
                .closed();
        HostileArchive.changeHeader(
                tar, extended, block -> block.put(HostileArchive.TYPE_OFFSET, TarConstants.LF_PAX_EXTENDED_HEADER_LC));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertThatThrownBy(this::read)
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("archive " + archive() + " is damaged: ");
        assertNothingIsLeft();
    }

    @Test
    void aSparseFileOfTheOldKindIsRefused() throws IOException {
        byte[] tar = HostileArchive.complete().file(CHECKPOINT, new byte[512]).closed();
        HostileArchive.changeHeader(tar, CHECKPOINT, header -> header.put(HostileArchive.TYPE_OFFSET, (byte) 'S'));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertRefused(
                ARCHIVE_FORBIDDEN, "member \"" + CHECKPOINT + "\" is a sparse file, which a checkpoint never holds");
    }

    @Test
    void aNameThatAGlobalHeaderGivesToAllIsRefused() throws IOException {
        String global = "everybody";
        byte[] tar = new HostileArchive()
                .file(global, HostileArchive.paxRecord("path", "../escape"))
                .file(CHECKPOINT, "x")
                .closed();
        HostileArchive.changeHeader(
                tar,
                global,
                header -> header.put(HostileArchive.TYPE_OFFSET, TarConstants.LF_PAX_GLOBAL_EXTENDED_HEADER));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertRefused(ARCHIVE_FORBIDDEN, "member \"../escape\" leads out of the archive");
    }

    @Test
    void aNameThatIsNotUtf8IsRefused() throws IOException {
        byte[] tar = HostileArchive.complete().file(CHECKPOINT, "x").closed();
        HostileArchive.changeHeader(tar, CHECKPOINT, header -> header.put(11, new byte[] {(byte) 0xff, (byte) 0xfe}));
        HostileArchive.write(archive(), Zstd.compress(tar));
        assertRefused(ARCHIVE_FORBIDDEN, "member \"checkpoint/??re-1.img\" has no place in a checkpoint archive");
    }

    @Test
    void whatPodmanAddsAndLeavesEmptyIsAccepted() throws IOException {
        HostileArchive.complete()
                .directory("artifacts")
                .file(
                        "devshm-checkpoint.tar",
                        new HostileArchive().directory(".").closed())
                .writeTo(archive());
        assertThat(read().volumes()).isEmpty();
    }

    @Test
    void filesOfVolumesAndSharedMemoryAreNamedAndNotLookedInto() throws IOException {
        HostileArchive.complete()
                .directory("volumes")
                .file("volumes/data.tar", "noise")
                .file(
                        "devshm-checkpoint.tar",
                        new HostileArchive().directory(".").file("segment", "x").closed())
                .writeTo(archive());
        assertThat(read().volumes())
                .extracting(ImportedVolume::member, ImportedVolume::destination)
                .containsExactly(
                        tuple("devshm-checkpoint.tar", Optional.of(Path.of("/dev/shm"))),
                        tuple("volumes/data.tar", Optional.empty()));
    }

    @Test
    void aSharedMemoryThatIsNoTarIsRefused() throws IOException {
        HostileArchive.complete()
                .file("devshm-checkpoint.tar", "noise".repeat(200))
                .writeTo(archive());
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ARCHIVE_INVALID))
                .hasMessageStartingWith("archive " + archive() + ": member \"devshm-checkpoint.tar\" can't be read: ");
        assertNothingIsLeft();
    }

    @Test
    void modesAndOwnersAreNotTakenOver() throws IOException {
        HostileArchive.complete()
                .special("checkpoint/tmpfs-1.img", TarConstants.LF_NORMAL, entry -> {
                    entry.setMode(0107777);
                    entry.setIds(4711, 4711);
                    entry.setNames("nobody", "root");
                })
                .writeTo(archive());
        Path image = read().imageDirectory().resolve("tmpfs-1.img");
        assertThat(Files.getAttribute(image, "unix:mode")).isEqualTo(0100600);
        assertThat(Files.getOwner(image)).isEqualTo(Files.getOwner(directory));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image.getParent())))
                .isEqualTo("rwx------");
    }

    private void assertRefused(ArchiveCode code, String sentence) throws IOException {
        assertThatThrownBy(this::read)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
                .hasMessage("archive " + archive() + ": " + sentence);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> left = Files.walk(directory)) {
            assertThat(left).containsExactlyInAnyOrder(directory, archive().getParent(), archive());
        }
    }

    private ImportedArchive read() {
        // two directories down, so that what leads out of one is still seen here
        return ArchiveReader.read(
                new ImportRequest(archive(), archive().resolveSibling("out"), Limits.DEFAULT, Progress.SILENT));
    }

    private Path archive() {
        try {
            return Files.createDirectories(directory.resolve("inner")).resolve("hostile.tar.zst");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
