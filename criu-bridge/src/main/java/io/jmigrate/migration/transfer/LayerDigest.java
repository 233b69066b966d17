package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a tree that nobody changes is, in one SHA-256: names, owners, modes, attributes, contents, and the times of files. Times of
 * directories are not part of it: they come of how it was unpacked. Nor is it whether two names are one file: the content of one that has several is
 * read once, and counts for each of them.
 */
public final class LayerDigest {
    private static final int CHUNK = 256 << 10;

    private final MessageDigest digest = Sha256.digest();
    private final MessageDigest contents = Sha256.digest();
    private final Map<FileKey, byte[]> known = new HashMap<>();
    private final byte[] chunk = new byte[CHUNK];

    private LayerDigest() {}

    /** In hexadecimal. @throws io.jmigrate.runtime.linux.LinuxException if a file can't be read */
    public static String of(Path root) throws IOException {
        LayerDigest digest = new LayerDigest();
        for (Map.Entry<String, Stamp> each : TreeWalk.of(root).found().entrySet()) {
            digest.add(root.resolve(each.getKey()), each.getKey(), each.getValue());
        }
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void add(Path file, String path, Stamp stamp) throws IOException {
        boolean content = stamp.kind() == Kind.FILE;
        text(path);
        text("%s %o %d %d %d".formatted(stamp.kind(), stamp.permissions(), stamp.uid(), stamp.gid(), stamp.rdev()));
        text(stamp.kind() == Kind.SYMLINK ? LinkTarget.of(file) : "");
        for (Map.Entry<String, byte[]> attribute : Attributes.read(file).entrySet()) {
            text(attribute.getKey());
            bytes(attribute.getValue());
        }
        text(content ? stamp.size() + " " + stamp.mtimeNanos() : "");
        if (content) {
            bytes(content(file, stamp));
        }
    }

    /** What comes next in a digest must not be taken for another division of the same bytes. */
    private void bytes(byte[] value) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value.length).flip());
        digest.update(value);
    }

    private void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] content(Path file, Stamp stamp) throws IOException {
        byte[] read = known.get(stamp.key());
        if (read == null) {
            read = read(file, stamp.size());
            if (stamp.hasOtherNames()) {
                known.put(stamp.key(), read);
            }
        }
        return read;
    }

    private byte[] read(Path file, long size) throws IOException {
        try (OpenedFile opened = OpenedFile.open(file)) {
            for (long at = 0; at < size; at += CHUNK) {
                ByteBuffer piece = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, size - at));
                if (!Descriptors.preadFully(opened.descriptor(), piece, at)) {
                    throw new IOException("a file of a layer has changed while it was read");
                }
                contents.update(piece.flip());
            }
            return contents.digest();
        }
    }
}
