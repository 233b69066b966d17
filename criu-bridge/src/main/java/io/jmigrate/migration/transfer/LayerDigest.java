package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.Descriptors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * What a tree that nobody changes is, in one SHA-256: names, owners, modes, attributes, contents, and the times of files. Times of
 * directories are not part of it: they come of how it was unpacked.
 */
public final class LayerDigest {
    private static final int CHUNK = 256 << 10;

    private final MessageDigest digest;
    private final byte[] chunk = new byte[CHUNK];

    private LayerDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

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
        text(stamp.kind() == Kind.SYMLINK ? Files.readSymbolicLink(file).toString() : "");
        for (Map.Entry<String, byte[]> attribute : Attributes.read(file).entrySet()) {
            text(attribute.getKey());
            bytes(attribute.getValue());
        }
        text(content ? stamp.size() + " " + stamp.mtimeNanos() : "");
        if (content) {
            try (OpenedFile opened = OpenedFile.open(file)) {
                content(opened, stamp.size());
            }
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

    private void content(OpenedFile file, long size) throws IOException {
        for (long at = 0; at < size; at += CHUNK) {
            ByteBuffer piece = ByteBuffer.wrap(chunk, 0, (int) Math.min(CHUNK, size - at));
            if (!Descriptors.preadFully(file.descriptor(), piece, at)) {
                throw new IOException("a file of a layer has changed while it was read");
            }
            digest.update(piece.flip());
        }
    }
}
