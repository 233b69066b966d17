package io.jmigrate.archive.rootfs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.ArchiveCode;
import io.jmigrate.migration.transfer.Attributes;
import io.jmigrate.migration.transfer.Stamp;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.FullDisk;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.LinuxException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Writes what differs between a root filesystem and its base. Neither may be changed meanwhile: its container is frozen. */
public final class RootfsDifference {
    private static final int BUFFER_BYTES = 1 << 20;

    private final Path rootfs;
    /** The first name of a file that has several, by the file's number. */
    private final Map<Long, String> firstNames = new HashMap<>();

    private final byte[] buffer = new byte[BUFFER_BYTES];

    private RootfsDifference(Path rootfs) {
        this.rootfs = rootfs;
    }

    /**
     * Writes both files into a directory.
     *
     * @param directory exists, and is the caller's alone
     * @throws Failure ARCHIVE_NO_SPACE, or ARCHIVE_IO if something can't be read or carried
     */
    public static ChangedFiles write(Path rootfs, RootfsBase base, Path directory) {
        try {
            Difference difference = DifferenceScan.of(rootfs, base);
            Path tar = directory.resolve("rootfs-diff.tar");
            new RootfsDifference(rootfs).writeTar(difference, tar);
            return new ChangedFiles(Optional.of(tar), deleted(difference, directory));
        } catch (IOException | LinuxException e) {
            throw failure(rootfs, directory, e);
        }
    }

    /**
     * Writes all of a tree that is no root filesystem, such as a volume.
     *
     * @param tar must not exist
     * @throws Failure as above
     */
    public static void writeWhole(Path tree, Path tar) {
        try {
            new RootfsDifference(tree).writeTar(DifferenceScan.whole(tree), tar);
        } catch (IOException | LinuxException e) {
            throw failure(tree, tar.toAbsolutePath().getParent(), e);
        }
    }

    private static Failure failure(Path rootfs, Path directory, Exception e) {
        String why = e instanceof IOException io ? IoReason.of(io) : e.getMessage();
        return FullDisk.at(directory)
                ? Failure.of(
                                ArchiveCode.ARCHIVE_NO_SPACE,
                                "no space is left in " + directory + " for the files of " + rootfs)
                        .withCause(e)
                : Failure.of(ArchiveCode.ARCHIVE_IO, "the files of " + rootfs + " can't be written: " + why)
                        .withCause(e);
    }

    private static Optional<Path> deleted(Difference difference, Path directory) throws IOException {
        if (difference.deleted().isEmpty()) {
            return Optional.empty();
        }
        Path file = directory.resolve("deleted.files");
        Files.write(file, new ObjectMapper().writeValueAsBytes(difference.deleted()), StandardOpenOption.CREATE_NEW);
        return Optional.of(file);
    }

    private void writeTar(Difference difference, Path file) throws IOException {
        try (PaxTarOutput tar = new PaxTarOutput(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES))) {
            for (Map.Entry<String, Stamp> each : difference.changed().entrySet()) {
                write(tar, each.getKey(), each.getValue());
            }
        }
    }

    private void write(PaxTarOutput tar, String path, Stamp stamp) throws IOException {
        if (stamp.links() > 1 && stamp.kind() != Kind.DIRECTORY) {
            String first = firstNames.putIfAbsent(stamp.inode(), path);
            if (first != null) {
                tar.entry(new TreeEntry(
                        path,
                        Kind.HARD_LINK,
                        stamp.permissions(),
                        stamp.uid(),
                        stamp.gid(),
                        0,
                        stamp.mtimeNanos(),
                        first,
                        0,
                        Map.of()));
                return;
            }
        }
        tar.entry(entry(path, stamp));
        if (stamp.kind() == Kind.FILE) {
            content(tar, path, stamp.size());
        }
    }

    private TreeEntry entry(String path, Stamp stamp) throws IOException {
        Path file = rootfs.resolve(path);
        Kind kind = stamp.kind();
        return new TreeEntry(
                path,
                kind,
                stamp.permissions(),
                stamp.uid(),
                stamp.gid(),
                kind == Kind.FILE ? stamp.size() : 0,
                stamp.mtimeNanos(),
                kind == Kind.SYMLINK ? Files.readSymbolicLink(file).toString() : "",
                stamp.rdev(),
                kind == Kind.SYMLINK ? Map.of() : Attributes.read(file));
    }

    /** Holes become zeros, which the archive's compression makes nothing of; whoever applies it makes holes of zeros again. */
    private void content(PaxTarOutput tar, String path, long size) throws IOException {
        try (InputStream in =
                Files.newInputStream(rootfs.resolve(path), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            for (long left = size; left > 0; ) {
                int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new IOException(path + " became shorter while it was read");
                }
                tar.content(buffer, count);
                left -= count;
            }
        }
        tar.pad(size);
    }
}
