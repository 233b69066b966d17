package io.jmigrate.migration.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * One name of a root filesystem with everything but its content.
 *
 * @param path relative, components separated by one slash, the root itself is empty
 * @param kind what it is
 * @param mode permission bits, set-id and sticky bits
 * @param size of a regular file, bytes
 * @param mtimeNanos since 1970
 * @param link target of a symbolic link, or the path of an entry sent before that this is another name of; else empty
 * @param device number of a device node (makedev(3))
 * @param xattrs extended attributes, binary
 */
public record TreeEntry(
        String path,
        Kind kind,
        int mode,
        int uid,
        int gid,
        long size,
        long mtimeNanos,
        String link,
        long device,
        Map<String, byte[]> xattrs) {
    /** What a name can be. */
    public enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        HARD_LINK,
        CHARACTER_DEVICE,
        BLOCK_DEVICE,
        FIFO,
        SOCKET
    }

    /** Another name of a file. @param first its path, sent before */
    public static TreeEntry hardLink(String path, String first) {
        return new TreeEntry(path, Kind.HARD_LINK, 0, 0, 0, 0, 0, first, 0, Map.of());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeEntry o
                && path.equals(o.path)
                && kind == o.kind
                && mode == o.mode
                && uid == o.uid
                && gid == o.gid
                && size == o.size
                && mtimeNanos == o.mtimeNanos
                && link.equals(o.link)
                && device == o.device
                && xattrs.keySet().equals(o.xattrs.keySet())
                && xattrs.entrySet().stream().allMatch(e -> Arrays.equals(e.getValue(), o.xattrs.get(e.getKey())));
    }

    @Override
    public int hashCode() {
        return Objects.hash(path, kind, mode, uid, gid, size, mtimeNanos, link, device, xattrs.keySet());
    }
}
