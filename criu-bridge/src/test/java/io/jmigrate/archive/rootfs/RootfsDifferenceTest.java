package io.jmigrate.archive.rootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.archive.MemberContent;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.DeviceNumber;
import io.jmigrate.runtime.linux.ExtendedAttributes;
import io.jmigrate.runtime.linux.MountInfo;
import io.jmigrate.runtime.linux.Processes;
import io.jmigrate.runtime.linux.SpecialFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed in a tree, written and applied to a copy of what it was before. */
class RootfsDifferenceTest {
    private static final byte[] BINARY = {0, (byte) 0xff, (byte) 0x80, '\n', 0};

    @TempDir
    private Path directory;

    private Path base;
    private Path rootfs;

    @BeforeEach
    void makeTrees() throws IOException {
        base = Files.createDirectory(directory.resolve("base"));
        for (String name : List.of("etc/deep", "usr/bin", "gone/below", "turns")) {
            Files.createDirectories(base.resolve(name));
        }
        for (String name : List.of(
                "etc/same", "etc/content", "etc/mode", "etc/deep/file", "gone/below/file", "turns/file", "to")) {
            Files.writeString(base.resolve(name), name);
        }
        Files.createSymbolicLink(base.resolve("link"), Path.of("etc/same"));
        Files.writeString(base.resolve("usr/bin/one"), "two names");
        Files.createLink(base.resolve("usr/bin/two"), base.resolve("usr/bin/one"));
        rootfs = copy("rootfs");
    }

    private Path copy(String name) throws IOException {
        Path to = directory.resolve(name);
        Process cp = new ProcessBuilder("cp", "-a", base.toString(), to.toString())
                .inheritIO()
                .start();
        try {
            assertThat(cp.waitFor()).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        return to;
    }

    private ChangedFiles write() throws IOException {
        TakenFiles taken = RootfsDifference.inFile(
                rootfs, new RootfsBase.Tree(base), Files.createDirectory(directory.resolve("written")));
        return new ChangedFiles(Optional.of(((MemberContent.InFile) taken.tar()).path()), taken.deleted());
    }

    @Test
    void isTheSameWhenItIsMadeLater() throws IOException {
        change();
        ChangedFiles written = write();
        TakenFiles taken = RootfsDifference.inPlace(
                rootfs, new RootfsBase.Tree(base), Files.createDirectory(directory.resolve("in-place")));
        MemberContent.Made made = (MemberContent.Made) taken.tar();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        made.writeTo(bytes);
        assertThat(made.bytes()).isEqualTo(bytes.size());
        assertThat(written.tar().orElseThrow()).hasBinaryContent(bytes.toByteArray());
        assertThat(taken.deleted().orElseThrow())
                .hasSameBinaryContentAs(written.deleted().orElseThrow());
    }

    private static Difference between(Path tree, Path other) throws IOException {
        return DifferenceScan.of(tree, new RootfsBase.Tree(other));
    }

    @Test
    void isEmptyOfACopy() throws IOException {
        Difference difference = between(rootfs, base);
        assertThat(difference.changed()).isEmpty();
        assertThat(difference.deleted()).isEmpty();
        assertThat(write().deleted()).isEmpty();
    }

    @Test
    void comesOutTheSameElsewhere() throws IOException {
        change();
        Difference difference = between(rootfs, base);
        assertThat(difference.deleted()).containsExactly("gone/below", "to");
        assertThat(difference.changed().keySet())
                .contains("etc/content", "etc/mode", "link", "turns", "usr/bin/one", "usr/bin/two", "usr/bin/three")
                .doesNotContain("etc/same", "etc/deep", "etc/deep/file", "gone");

        Path elsewhere = copy("elsewhere");
        RootfsChanges.apply("a.tar", write(), elsewhere);
        Difference left = between(elsewhere, rootfs);
        assertThat(left.changed()).isEmpty();
        assertThat(left.deleted()).isEmpty();
        assertThat(Files.readString(elsewhere.resolve("etc/content"))).isEqualTo("CONTENT, changed");
        assertThat(Files.isSameFile(elsewhere.resolve("usr/bin/one"), elsewhere.resolve("usr/bin/three")))
                .isTrue();
        assertThat(ExtendedAttributes.get(elsewhere.resolve("sparse"), "user.binary"))
                .isEqualTo(BINARY);
        assertSameHoles(elsewhere);
        assertThat(Files.getLastModifiedTime(elsewhere.resolve("sparse")))
                .isEqualTo(Files.getLastModifiedTime(rootfs.resolve("sparse")));
    }

    private void change() throws IOException {
        Files.writeString(rootfs.resolve("etc/content"), "CONTENT, changed");
        Files.setPosixFilePermissions(rootfs.resolve("etc/mode"), PosixFilePermissions.fromString("rwxr-x---"));
        Files.delete(rootfs.resolve("link"));
        Files.createSymbolicLink(rootfs.resolve("link"), Path.of("etc/content"));
        Files.createLink(rootfs.resolve("usr/bin/three"), rootfs.resolve("usr/bin/one"));
        Files.delete(rootfs.resolve("gone/below/file"));
        Files.delete(rootfs.resolve("gone/below"));
        Files.delete(rootfs.resolve("to"));
        Files.delete(rootfs.resolve("turns/file"));
        Files.delete(rootfs.resolve("turns"));
        Files.writeString(rootfs.resolve("turns"), "a file now");
        Path longName = Files.createDirectories(rootfs.resolve("d".repeat(90) + "/" + "é".repeat(60)));
        Files.writeString(longName.resolve("f"), "far");
        SpecialFiles.make(rootfs.resolve("fifo"), SpecialFiles.Type.FIFO, 0640, 0);
        if (Processes.effectiveUid() == 0) {
            SpecialFiles.make(
                    rootfs.resolve("null"), SpecialFiles.Type.CHARACTER_DEVICE, 0666, new DeviceNumber(1, 3).device());
            Files.setAttribute(rootfs.resolve("etc/content"), "unix:uid", 3_000_000);
            Files.setAttribute(rootfs.resolve("etc/content"), "unix:mode", 04755);
        }
        try (FileChannel sparse = FileChannel.open(
                rootfs.resolve("sparse"), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            sparse.write(ByteBuffer.wrap(new byte[] {1}), 64 << 20);
        }
        ExtendedAttributes.set(rootfs.resolve("sparse"), "user.binary", BINARY);
        try (FileChannel holes = FileChannel.open(
                rootfs.resolve("etc/deep/holes"), Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            for (long at : new long[] {3, 300_000, 1 << 20, 9 << 20}) {
                holes.write(ByteBuffer.wrap("data".getBytes()), at);
            }
        }
        try (RandomAccessFile empty =
                new RandomAccessFile(rootfs.resolve("hole").toFile(), "rw")) {
            empty.setLength((1L << 30) + 5);
        }
    }

    private void assertSameHoles(Path other) throws IOException {
        for (String name : List.of("etc/deep/holes", "sparse", "hole")) {
            assertThat(Files.mismatch(rootfs.resolve(name), other.resolve(name)))
                    .as(name)
                    .isEqualTo(-1);
            assertThat(blocks(other.resolve(name))).as(name).isLessThan(200);
        }
    }

    @Test
    void aWholeTreeComesOutTheSame() throws IOException {
        change();
        Files.writeString(rootfs.resolve(".wh.no-mark"), "a file");
        Files.setPosixFilePermissions(rootfs, PosixFilePermissions.fromString("rwx--x---"));
        Path tar = directory.resolve("volume.tar");
        RootfsDifference.wholeInFile(rootfs, tar);
        Path volume = Files.createDirectory(directory.resolve("volume"));
        RootfsChanges.unpack("a.tar", "volumes/data.tar", tar, volume, true);
        Difference left = between(volume, rootfs);
        assertThat(left.changed()).isEmpty();
        assertThat(left.deleted()).isEmpty();
        assertSameHoles(volume);
        assertThat(Files.size(tar)).isLessThan(1 << 20);
        assertThat(Files.getPosixFilePermissions(volume)).isEqualTo(Files.getPosixFilePermissions(rootfs));
    }

    private static long blocks(Path file) throws IOException {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        return Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip());
    }

    /** An upper directory as the kernel fills it; what is merged is made by hand. */
    @Test
    void anOverlaysUpperLayerTellsWhatChanged() throws IOException {
        assumeTrue(Processes.effectiveUid() == 0, "marks of deleted files are devices, which need root");
        Path upper = Files.createDirectories(directory.resolve("upper/etc")).getParent();
        Path opaque = Files.createDirectory(upper.resolve("turns"));
        ExtendedAttributes.set(opaque, "trusted.overlay.opaque", new byte[] {'y'});
        Files.writeString(opaque.resolve("new"), "new");
        SpecialFiles.make(upper.resolve("to"), SpecialFiles.Type.CHARACTER_DEVICE, 0, 0);
        Files.writeString(upper.resolve("etc/content"), "CONTENT, changed");

        Files.writeString(rootfs.resolve("etc/content"), "CONTENT, changed");
        Files.writeString(rootfs.resolve("turns/new"), "new");
        Files.delete(rootfs.resolve("turns/file"));
        Files.delete(rootfs.resolve("to"));

        Difference difference = DifferenceScan.of(rootfs, new RootfsBase.Overlay(upper, List.of(base)));
        assertThat(difference.deleted()).containsExactly("to", "turns/file");
        assertThat(difference.changed()).containsOnlyKeys("etc", "etc/content", "turns", "turns/new");
    }

    @Test
    void theBaseIsGivenOrAnOverlaysLayers() throws IOException {
        String mounted = rootfs.toRealPath().toString();
        assertThat(RootfsBase.of(rootfs, Optional.of(base))).isEqualTo(new RootfsBase.Tree(base));
        assertThat(RootfsBase.of(
                        rootfs, Optional.empty(), overlay(mounted, "rw,lowerdir=/l1:/l2,upperdir=/u,workdir=/w")))
                .isEqualTo(new RootfsBase.Overlay(Path.of("/u"), List.of(Path.of("/l1"), Path.of("/l2"))));
        for (String options :
                List.of("rw,lowerdir=/l", "rw,lowerdir=l/X,upperdir=/u", "rw,lowerdir=/a\\134:b,upperdir=/u")) {
            assertNoBase(overlay(mounted, options));
        }
        assertNoBase(List.of());
        assertThatThrownBy(() -> RootfsBase.of(rootfs, Optional.of(base.resolve("nothing"))))
                .hasMessage(base + "/nothing is not a directory to compare with");
    }

    private static List<MountInfo> overlay(String point, String options) {
        return MountInfo.parse("1 0 0:30 / " + point + " rw - overlay overlay " + options + "\n");
    }

    private void assertNoBase(List<MountInfo> mounts) {
        assertThatThrownBy(() -> RootfsBase.of(rootfs, Optional.empty(), mounts))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ArchiveCode.ARCHIVE_NO_BASE));
    }

    @Test
    void tarReadsItToo() throws Exception {
        change();
        ChangedFiles written = write();
        String file = written.tar().orElseThrow().toString();
        Path unpacked = Files.createDirectory(directory.resolve("unpacked"));
        assertThat(new ProcessBuilder("tar", "-xf", file, "-C", unpacked.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertSameHoles(unpacked);
        Process tar = new ProcessBuilder("tar", "-tf", file).start();
        assertThat(new String(tar.getInputStream().readAllBytes())).contains("etc/content\n", "sparse\n", "fifo\n");
        assertThat(new String(tar.getErrorStream().readAllBytes())).isEmpty();
        assertThat(new ObjectMapper()
                        .readTree(written.deleted().orElseThrow().toFile())
                        .toString())
                .isEqualTo("[\"gone/below\",\"to\"]");
    }
}
