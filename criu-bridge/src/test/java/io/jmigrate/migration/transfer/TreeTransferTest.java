package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.ControlMessage.Section;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.LocalChannel;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.FileTimes;
import io.jmigrate.runtime.linux.SpecialFiles;
import io.jmigrate.runtime.linux.SymbolicLinks;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTransferTest {
    private static final Duration LIMIT = Patience.LIMIT;

    @TempDir
    private Path directory;

    private final LocalChannel[] ends = LocalChannel.pair();
    private final Data sending = ends[0].data();
    private final Data receiving = ends[1].data();
    private Path source;
    private Path target;
    private TreeSender sender;
    private TreeReceiver receiver;

    @BeforeEach
    void makeDirectories() throws IOException {
        source = Files.createDirectory(directory.resolve("source"));
        target = Files.createDirectory(directory.resolve("target"));
        sender = new TreeSender(source, sending, _ -> {});
        receiver = new TreeReceiver(target, new TreeRules(1_000, 1 << 30, false, true));
    }

    private void receiveAll() {
        sending.send(new DataMessage.SectionEnd(Section.ROOTFS, 0));
        while (true) {
            switch (receiving.receive(LIMIT)) {
                case DataMessage.Entry m -> receiver.entry(m.entry());
                case DataMessage.EntryUpdate m -> receiver.update(m.entry());
                case DataMessage.EntryZeros m -> receiver.zeros(m.offset(), m.bytes());
                case DataMessage.EntryData m -> receiver.data(m.offset(), m.data());
                case DataMessage.EntryRemoved m -> receiver.removed(m.path());
                default -> {
                    receiver.finish();
                    return;
                }
            }
        }
    }

    @Test
    void copiesFilesWithModesTimesAndLinks() throws IOException {
        Files.createDirectories(source.resolve("a/b"));
        Path file = Files.writeString(source.resolve("a/b/file"), "content");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx--x---"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_000_123L));
        Files.createSymbolicLink(source.resolve("a/link"), Path.of("/etc/passwd"));
        Files.createLink(source.resolve("second"), file);
        sender.sendChanges(sender.look());
        receiveAll();
        Path copy = target.resolve("a/b/file");
        assertThat(copy).hasContent("content");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rwx--x---");
        assertThat(Files.getLastModifiedTime(copy).toMillis()).isEqualTo(1_000_000_000_123L);
        assertThat(Files.readSymbolicLink(target.resolve("a/link"))).isEqualTo(Path.of("/etc/passwd"));
        assertThat(Files.isSameFile(copy, target.resolve("second"))).isTrue();
    }

    @Test
    void aFileWhoseTimesAreNotTrustedIsSentAgainThoughItLooksTheSame() throws IOException {
        Path file = Files.writeString(source.resolve("file"), "content");
        Files.createLink(source.resolve("second"), file);
        await().until(() -> Stamp.of(file).settled());
        sender.sendChanges(sender.look());
        sender.sendChanges(sender.look());
        long before = sender.moved().bytes();
        sender.distrust(Set.of(Stamp.of(file).key()));
        sender.sendChanges(sender.look());
        receiveAll();
        assertThat(before).isEqualTo(7);
        assertThat(sender.moved().bytes()).isEqualTo(14);
        assertThat(Files.isSameFile(target.resolve("file"), target.resolve("second")))
                .isTrue();
        assertThat(target.resolve("file")).hasContent("content");
    }

    @Test
    void whileNothingIsWrittenAFileWhoseTimesAreNotTrustedIsNotSentAgain() throws IOException {
        Path mapped = Files.writeString(source.resolve("mapped"), "content");
        Path open = Files.writeString(source.resolve("open"), "four");
        sender.distrust(Set.of(Stamp.of(mapped).key()));
        sender.sendChanges(sender.look());
        await().until(() -> Stamp.of(open).settled());
        sender.sendChanges(sender.look());
        long before = sender.moved().bytes();
        Files.createLink(source.resolve("link_remap.1"), open);
        sender.sendDifference(sender.look());
        receiveAll();
        assertThat(sender.moved().bytes() - before).isEqualTo(4);
        assertThat(Files.isSameFile(target.resolve("open"), target.resolve("link_remap.1")))
                .isTrue();
        assertThat(target.resolve("mapped")).hasContent("content");
    }

    @Test
    void givesTimesToFifosAndSymbolicLinksWithoutOpeningThem() throws IOException {
        Path fifo = source.resolve("fifo");
        SpecialFiles.make(fifo, SpecialFiles.Type.FIFO, 0600, 0);
        Path link = Files.createSymbolicLink(source.resolve("link"), fifo);
        FileTimes.setModified(fifo, 981_173_106_123_456_789L);
        FileTimes.setModified(link, -1);
        sender.sendChanges(sender.look());
        receiveAll();
        assertThat(modifiedNanos(target.resolve("fifo"))).isEqualTo(981_173_106_123_456_789L);
        assertThat(modifiedNanos(target.resolve("link"))).isEqualTo(-1);
    }

    private static long modifiedNanos(Path name) throws IOException {
        return Files.getLastModifiedTime(name, LinkOption.NOFOLLOW_LINKS).to(TimeUnit.NANOSECONDS);
    }

    /** While programs run, a later pass sees where it is. When they stand still there is none, and it would be missing at the peer. */
    @Test
    void leavesNothingOutWithoutAWordThatSomebodyElseRenamesInTheLastPass() throws IOException {
        sender.sendChanges(sender.look());
        Files.createDirectory(source.resolve("data"));
        Files.writeString(source.resolve("data/new"), "content");
        TreeScan seen = sender.look();
        Files.move(source.resolve("data/new"), source.resolve("data/other"));

        assertThatThrownBy(() -> sender.sendLast(seen))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.TRANSFER))
                .hasMessageContaining("\"data/new\"")
                .hasMessageContaining("changed while the container stood still");
        sender.sendChanges(seen);
    }

    @Test
    void refusesANameThatIsNoTextInsteadOfLeavingTheFileOut() throws Exception {
        Process made =
                new ProcessBuilder("/bin/sh", "-c", "touch \"$1/$(printf '\\377')\"", "sh", source.toString()).start();
        assertThat(made.waitFor()).isZero();
        assertThatThrownBy(sender::look).isInstanceOf(Failure.class).hasMessageContaining("is not UTF-8");
    }

    @Test
    void keepsHolesAsHoles() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(source.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(64 << 20);
            sparse.seek(32 << 20);
            sparse.write(7);
        }
        sender.sendChanges(sender.look());
        receiveAll();
        assertThat(target.resolve("sparse")).hasSameBinaryContentAs(source.resolve("sparse"));
        assertThat((Long) Files.getAttribute(target.resolve("sparse"), "size")).isEqualTo(64 << 20);
        assertThat(sender.moved().bytes()).isLessThan(1 << 20);
    }

    @Test
    void sendsWhatHasChangedSince() throws IOException {
        Files.writeString(source.resolve("kept"), "kept");
        Files.writeString(source.resolve("changed"), "before");
        Files.writeString(source.resolve("removed"), "x");
        Files.createDirectories(source.resolve("gone/deep"));
        Files.writeString(source.resolve("turns"), "file");
        sender.sendChanges(sender.look());
        receiveAll();
        Files.writeString(source.resolve("changed"), "after");
        Files.delete(source.resolve("removed"));
        Files.delete(source.resolve("gone/deep"));
        Files.delete(source.resolve("gone"));
        Files.delete(source.resolve("turns"));
        Files.createDirectories(source.resolve("turns/into/directory"));
        Files.writeString(source.resolve("new"), "new");
        sender.sendChanges(sender.look());
        receiveAll();
        assertThat(target.resolve("kept")).hasContent("kept");
        assertThat(target.resolve("changed")).hasContent("after");
        assertThat(target.resolve("new")).hasContent("new");
        assertThat(target.resolve("turns/into/directory")).isDirectory();
        assertThat(List.of("removed", "gone"))
                .allSatisfy(name -> assertThat(target.resolve(name)).doesNotExist());
    }

    private static TreeEntry entry(String path, Kind kind, String link) {
        return new TreeEntry(path, kind, 0644, 0, 0, 3, 0, link, 0, Map.of());
    }

    @Test
    void refusesNamesThatLeadOutOfTheTree() {
        List<String> names = List.of("../x", "/etc/x", "a/../../x", "a//b", "./x", "x/", "no/such/parent", "a\0b");
        assertThat(names).allSatisfy(name -> assertThatThrownBy(() -> receiver.entry(entry(name, Kind.FILE, "")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_PROTOCOL)));
    }

    @Test
    void neverWritesThroughASymbolicLink() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(target.resolve("door"), outside);
        assertThatThrownBy(() -> receiver.entry(entry("door/x", Kind.FILE, ""))).isInstanceOf(Failure.class);
        Path victim = Files.writeString(outside.resolve("victim"), "untouched");
        Files.createSymbolicLink(target.resolve("link"), victim);
        receiver.entry(new TreeEntry("link", Kind.SYMLINK, 0777, 0, 0, 0, 0, "elsewhere", 0, Map.of()));
        assertThat(victim).hasContent("untouched");
        assertThat(Files.readSymbolicLink(target.resolve("link"))).isEqualTo(Path.of("elsewhere"));
        assertThat(Files.exists(outside.resolve("x"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
    }

    @Test
    void refusesBytesBeyondTheFileAndLinksToNothing() {
        receiver.entry(entry("file", Kind.FILE, ""));
        assertThatThrownBy(() -> receiver.data(2, new byte[2])).hasMessageContaining("outside of a file");
        assertThatThrownBy(() -> receiver.entry(entry("other", Kind.HARD_LINK, "missing")))
                .isInstanceOf(Failure.class);
    }

    @Test
    void linksSayToTheLetterWhatTheySaid() throws IOException {
        SymbolicLinks.make(source.resolve("link"), "//srv/./ä//b/");
        sender.sendChanges(sender.look());
        receiveAll();
        assertThat(Files.readSymbolicLink(target.resolve("link"))).hasToString("//srv/./ä//b/");
    }

    @Test
    void aLinkThatSaysWhatIsNoTextIsAFailureAndNotAnotherLink() throws IOException, InterruptedException {
        Process ln = new ProcessBuilder("sh", "-c", "ln -s \"$(printf 'x\\377')\" link")
                .directory(source.toFile())
                .start();
        assertThat(ln.waitFor()).isZero();
        TreeScan seen = sender.look();
        assertThatThrownBy(() -> sender.sendChanges(seen)).hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> LayerDigest.of(source)).hasMessageContaining("is not UTF-8");
    }
}
