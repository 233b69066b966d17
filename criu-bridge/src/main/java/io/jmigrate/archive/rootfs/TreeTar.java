package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.transfer.Attributes;
import io.jmigrate.migration.transfer.FileKey;
import io.jmigrate.migration.transfer.Stamp;
import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Fd;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import io.jmigrate.runtime.linux.OpenFlag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One pass over names of a tree, that writes them to a tar. */
final class TreeTar {
    private final Path tree;
    private final PaxTarOutput tar;
    /** The first name of a file that has several, by the file's number. */
    private final Map<FileKey, String> firstNames = new HashMap<>();

    private final FilePass files;

    /** With the contents of files. */
    TreeTar(Path tree, PaxTarOutput tar) {
        this(tree, tar, new ContentPass(tar));
    }

    TreeTar(Path tree, PaxTarOutput tar, FilePass files) {
        this.tree = tree;
        this.tar = tar;
        this.files = files;
    }

    /** What is done with a regular file. */
    interface FilePass {
        /** What there is of it. */
        SparseMap map(Fd file, String path, long size);

        void content(Fd file, String path, Extent extent) throws IOException;
    }

    /** Writes the entries, and no end. */
    void write(Map<String, Stamp> names) throws IOException {
        for (Map.Entry<String, Stamp> each : names.entrySet()) {
            write(each.getKey(), each.getValue());
        }
    }

    private void write(String path, Stamp stamp) throws IOException {
        if (stamp.links() > 1 && stamp.kind() != Kind.DIRECTORY) {
            String first = firstNames.putIfAbsent(stamp.key(), path);
            if (first != null) {
                tar.entry(otherName(path, stamp, first));
                return;
            }
        }
        if (stamp.kind() == Kind.FILE) {
            file(path, stamp);
        } else {
            tar.entry(entry(path, stamp));
        }
    }

    private static TreeEntry otherName(String path, Stamp stamp, String first) {
        return new TreeEntry(
                path,
                Kind.HARD_LINK,
                stamp.permissions(),
                stamp.uid(),
                stamp.gid(),
                0,
                stamp.mtimeNanos(),
                first,
                0,
                Map.of());
    }

    private TreeEntry entry(String path, Stamp stamp) throws IOException {
        Path file = tree.resolve(path);
        return stamp.entry(path, file, stamp.kind() == Kind.SYMLINK ? Map.of() : Attributes.read(file));
    }

    /** Large holes are neither read nor written. */
    private void file(String path, Stamp stamp) throws IOException {
        try (Fd file = Descriptors.open(tree.resolve(path), OpenFlag.NO_FOLLOW, OpenFlag.NON_BLOCKING)) {
            SparseMap map = files.map(file, path, stamp.size());
            if (map.holeBytes() > 0) {
                tar.sparse(entry(path, stamp), map);
            } else {
                tar.entry(entry(path, stamp));
            }
            for (Extent extent : map.extents()) {
                files.content(file, path, extent);
            }
            tar.pad(map.dataBytes());
        }
    }
}
