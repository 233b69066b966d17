package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel knows of a name, and by which a change of it shows.
 *
 * @param mode file type and permission bits (stat(2))
 * @param settled whether the last change lay so far back when this was read that the next one has another time
 */
public record Stamp(
        long device,
        long inode,
        int links,
        int mode,
        int uid,
        int gid,
        long rdev,
        long size,
        long mtimeNanos,
        long ctimeNanos,
        boolean settled) {
    private static final int TYPE_MASK = 0170000;
    /** The clock of a filesystem may tick as slowly as the scheduler. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** What a time without a fraction may stand for: some filesystems note whole seconds (ext2, ext4 with inodes of 128 bytes), or every other one. */
    private static final long COARSE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** What it looks like now; links are not followed. */
    public static Stamp of(Path path) throws IOException {
        long now = nowNanos();
        return of(now, Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS));
    }

    /** What the end of a link looks like now. */
    public static Stamp ofTarget(Path link) throws IOException {
        long now = nowNanos();
        return of(now, Files.readAttributes(link, "unix:*"));
    }

    private static long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /** @param now before it was read: what is changed after that may be changed at that time */
    private static Stamp of(long now, Map<String, Object> all) {
        long ctime = nanos(all, "ctime");
        return new Stamp(
                number(all, "dev"),
                number(all, "ino"),
                (int) number(all, "nlink"),
                (int) number(all, "mode"),
                (int) number(all, "uid"),
                (int) number(all, "gid"),
                number(all, "rdev"),
                number(all, "size"),
                nanos(all, "lastModifiedTime"),
                ctime,
                isSettled(ctime, now));
    }

    /**
     * Whether whatever changes from {@code now} on has another time than {@code ctime}, unless somebody sets the clock back.
     *
     * @param ctime nanoseconds since 1970, as is {@code now}
     */
    static boolean isSettled(long ctime, long now) {
        return now - ctime > TICK_NANOS + (ctime % TimeUnit.SECONDS.toNanos(1) == 0 ? COARSE_NANOS : 0);
    }

    private static long number(Map<String, Object> all, String name) {
        return ((Number) all.get(name)).longValue();
    }

    private static long nanos(Map<String, Object> all, String name) {
        return ((FileTime) all.get(name)).to(TimeUnit.NANOSECONDS);
    }

    /** Whether it may differ from what was sent when {@code earlier} was read. */
    boolean differsFrom(Stamp earlier) {
        return !earlier.settled || looksUnlike(earlier);
    }

    /** Whether anything but the time of looking tells it from {@code earlier}. */
    boolean looksUnlike(Stamp earlier) {
        return !withSettled(true).equals(earlier.withSettled(true));
    }

    /** The same, but that what was read meanwhile may not be all that it tells of. */
    Stamp unsettled() {
        return withSettled(false);
    }

    private Stamp withSettled(boolean value) {
        return new Stamp(device, inode, links, mode, uid, gid, rdev, size, mtimeNanos, ctimeNanos, value);
    }

    /** Which file it is. */
    public FileKey key() {
        return new FileKey(device, inode);
    }

    /** Whether it is one of several names, which show that in their links. */
    boolean hasOtherNames() {
        return links > 1 && kind() != Kind.DIRECTORY;
    }

    /** Whether it is a socket, of which archives know nothing. */
    public boolean isSocket() {
        return kind() == Kind.SOCKET;
    }

    /** What it is. */
    public Kind kind() {
        return switch (mode & TYPE_MASK) {
            case 0040000 -> Kind.DIRECTORY;
            case 0120000 -> Kind.SYMLINK;
            case 0020000 -> Kind.CHARACTER_DEVICE;
            case 0060000 -> Kind.BLOCK_DEVICE;
            case 0010000 -> Kind.FIFO;
            case 0140000 -> Kind.SOCKET;
            default -> Kind.FILE;
        };
    }

    /**
     * What is said of a name when it is handed on.
     *
     * @param path under which it is
     * @param file where it is; read for the target of a symbolic link
     */
    public TreeEntry entry(String path, Path file, Map<String, byte[]> attributes) throws IOException {
        Kind kind = kind();
        return new TreeEntry(
                path,
                kind,
                permissions(),
                uid,
                gid,
                kind == Kind.FILE ? size : 0,
                mtimeNanos,
                kind == Kind.SYMLINK ? LinkTarget.of(file) : "",
                rdev,
                attributes);
    }

    /** Permission, set-id and sticky bits. */
    public int permissions() {
        return mode & ~TYPE_MASK;
    }
}
