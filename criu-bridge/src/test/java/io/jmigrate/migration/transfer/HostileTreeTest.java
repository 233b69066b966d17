package io.jmigrate.migration.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A peer that sends more than it has announced, or what this node does not let in. */
class HostileTreeTest {
    private static final long NULL = 1 << 8 | 3;
    private static final long FIRST_DISK = 8 << 8;
    private static final TreeRules STRICT = new TreeRules(300, 1_000, false, false);

    @TempDir
    private Path target;

    private static TreeEntry entry(String path, Kind kind, int mode, long device, Map<String, byte[]> attributes) {
        return new TreeEntry(path, kind, mode, 0, 0, kind == Kind.FILE ? 2_000 : 0, 0, "", device, attributes);
    }

    private static TreeEntry file(String path) {
        return entry(path, Kind.FILE, 0644, 0, Map.of());
    }

    private static void isRefused(MigrationCode code, String message, ThrowingCallable act) {
        assertThatThrownBy(act)
                .hasMessageContaining(message)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void maySendOneNameAgainAndAgainButNotForEver() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        for (int times = 0; times < 300; times++) {
            receiver.entry(file("same"));
        }
        isRefused(MigrationCode.PEER_PROTOCOL, "over 300 names", () -> receiver.entry(file("same")));
        isRefused(MigrationCode.PEER_PROTOCOL, "over 300 names", () -> receiver.removed("same"));
    }

    @Test
    void mayWriteOneFileAgainAndAgainButNotForEver() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        receiver.entry(file("file"));
        receiver.data(0, new byte[600]);
        isRefused(MigrationCode.PEER_PROTOCOL, "over 1000 bytes", () -> receiver.data(0, new byte[600]));
    }

    /** A filesystem in memory takes a page for each, and memory for attributes that it does not count. */
    @Test
    void isToldForWholePagesAndAttributes() {
        List<String> told = new ArrayList<>();
        TreeReceiver receiver =
                new TreeReceiver(target, new TreeGuard(new TreeRules(9, 1 << 20, false, false), new TreeRoom() {
                    @Override
                    public void content(long bytes) {
                        told.add("content " + bytes);
                    }

                    @Override
                    public void attributes(long bytes) {
                        told.add("attributes " + bytes);
                    }
                }));
        receiver.entry(new TreeEntry("file", Kind.FILE, 0644, 0, 0, 1 << 20, 0, "", 0, Map.of("user.x", new byte[10])));
        receiver.data(5 * 4096, new byte[1]);
        receiver.data(4095, new byte[2]);
        receiver.data(0, new byte[8192]);
        receiver.data(0, new byte[0]);
        receiver.close();
        assertThat(told).containsExactly("attributes 16", "content 4096", "content 8192", "content 8192");
    }

    /** Attributes of a directory may have 64 KiB each, and the heap of a service is small. */
    @Test
    void hasNothingKeptInMemoryOfNamesThatHaveCome() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        List<WeakReference<TreeEntry>> sent = new ArrayList<>();
        for (String path : List.of("", "a", "a/b", "c", "c/d", "e")) {
            TreeEntry entry = entry(path, path.length() > 1 ? Kind.FIFO : Kind.DIRECTORY, 0755, 0, Map.of());
            receiver.entry(entry);
            sent.add(new WeakReference<>(entry));
        }
        await().untilAsserted(() -> {
            System.gc();
            assertThat(sent).allMatch(each -> each.refersTo(null));
        });
        receiver.finish();
    }

    @Test
    void findsThatADirectoryHasBecomeALink() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        receiver.entry(entry("a", Kind.DIRECTORY, 0755, 0, Map.of()));
        receiver.entry(entry("a/b", Kind.DIRECTORY, 0755, 0, Map.of()));
        receiver.entry(file("a/b/file"));
        receiver.entry(entry("a/c", Kind.DIRECTORY, 0755, 0, Map.of()));
        receiver.entry(new TreeEntry("a/b", Kind.SYMLINK, 0777, 0, 0, 0, 0, "/etc", 0, Map.of()));
        isRefused(MigrationCode.PEER_PROTOCOL, "leads out of the tree", () -> receiver.entry(file("a/b/file")));
        receiver.entry(file("a/c/file"));
        receiver.entry(new TreeEntry("a", Kind.SYMLINK, 0777, 0, 0, 0, 0, "/etc", 0, Map.of()));
        isRefused(MigrationCode.PEER_PROTOCOL, "leads out of the tree", () -> receiver.entry(file("a/c/file")));
    }

    @Test
    void mayNotNestDirectoriesWithoutEnd() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        StringBuilder path = new StringBuilder("d");
        for (int depth = 1; depth <= 255; depth++) {
            receiver.entry(entry(path.toString(), Kind.DIRECTORY, 0755, 0, Map.of()));
            path.append("/d");
        }
        isRefused(
                MigrationCode.PEER_PROTOCOL,
                "directories within each other, more than 255",
                () -> receiver.entry(entry(path.toString(), Kind.DIRECTORY, 0755, 0, Map.of())));
    }

    @Test
    void mayNotSendNamesThatNoFilesystemHas() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        receiver.entry(file("x".repeat(255)));
        for (String name : List.of("x".repeat(256), "ü".repeat(128), "x/".repeat(2_100) + "x")) {
            assertThatThrownBy(() -> receiver.entry(file(name)))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .isEqualTo(MigrationCode.PEER_PROTOCOL));
        }
    }

    @Test
    void mayNotBringDevicesOfTheHost() {
        TreeReceiver receiver = new TreeReceiver(target, STRICT);
        isRefused(
                MigrationCode.PEER_REFUSED,
                "the block device 8:0 at \"disk\", which the destination does not let in",
                () -> receiver.entry(entry("disk", Kind.BLOCK_DEVICE, 0666, FIRST_DISK, Map.of())));
        isRefused(
                MigrationCode.PEER_REFUSED,
                "the block device 1:3",
                () -> receiver.entry(entry("ram", Kind.BLOCK_DEVICE, 0666, NULL, Map.of())));
        assertThat(target).isEmptyDirectory();
        TreeGuard guard = new TreeGuard(STRICT);
        guard.entry(entry("null", Kind.CHARACTER_DEVICE, 0666, NULL, Map.of()));
        guard.entry(entry("removed", Kind.CHARACTER_DEVICE, 0, 0, Map.of()));
        new TreeGuard(new TreeRules(1, 1, true, false))
                .entry(entry("disk", Kind.BLOCK_DEVICE, 0666, FIRST_DISK, Map.of()));
    }

    /** Numbers beyond eight bits are spread over makedev(3)'s result. */
    @Test
    void isNotDeceivedByLargeDeviceNumbers() {
        long major = 0x1001;
        long minor = 0x12303;
        long number = (major & ~0xfffL) << 32 | (major & 0xfff) << 8 | (minor & ~0xffL) << 12 | minor & 0xff;
        isRefused(MigrationCode.PEER_REFUSED, "the character device " + major + ":" + minor, () -> new TreeGuard(STRICT)
                .entry(entry("null", Kind.CHARACTER_DEVICE, 0666, number, Map.of())));
    }

    @Test
    void mayBringProgramsWithForeignRightsOnlyWhereTheyAreLetIn() {
        TreeEntry setUid = entry("su", Kind.FILE, 04755, 0, Map.of());
        TreeEntry setGid = entry("wall", Kind.FILE, 02755, 0, Map.of());
        TreeEntry capable = entry("ping", Kind.FILE, 0755, 0, Map.of("security.capability", new byte[20]));
        TreeGuard strict = new TreeGuard(STRICT);
        isRefused(MigrationCode.PEER_REFUSED, "set-id bits at \"su\"", () -> strict.entry(setUid));
        isRefused(MigrationCode.PEER_REFUSED, "set-id bits at \"wall\"", () -> strict.entry(setGid));
        isRefused(MigrationCode.PEER_REFUSED, "capabilities at \"ping\"", () -> strict.entry(capable));
        strict.entry(entry("mail", Kind.DIRECTORY, 02775, 0, Map.of()));
        TreeGuard open = new TreeGuard(new TreeRules(9, 1, false, true));
        List.of(setUid, setGid, capable).forEach(open::entry);
    }
}
