package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a tar as {@link PaxTarOutput}, GNU tar and Go write it, that anybody may have made. Extended attributes stay bytes, and what a
 * header may take of memory is bounded.
 */
final class PaxTarInput implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;
    private static final int EXTENSION_BYTES_MAX = 1 << 20;
    private static final long NANOS = 1_000_000_000L;

    private final InputStream in;
    private long left;
    private long padding;

    PaxTarInput(InputStream in) {
        this.in = in;
    }

    /** The next entry, none at the end. Its name is as it stands there, but for "./" before and "/" behind it. */
    Optional<TreeEntry> next() throws IOException {
        in.skipNBytes(left + padding);
        left = 0;
        padding = 0;
        PaxRecords records = new PaxRecords();
        for (byte[] header = block(); ; header = block()) {
            TarHeader fields = new TarHeader(header);
            if (fields.isEnd()) {
                return Optional.empty();
            }
            fields.check();
            switch (fields.type()) {
                case 'x' -> records.read(extension(fields));
                case 'g' -> extension(fields); // about the archive as a whole
                case 'L' -> records.put("path", withoutZero(extension(fields)));
                case 'K' -> records.put("linkpath", withoutZero(extension(fields)));
                default -> {
                    return Optional.of(entry(fields, records));
                }
            }
        }
    }

    private byte[] block() throws IOException {
        byte[] block = in.readNBytes(BLOCK_BYTES);
        if (block.length < BLOCK_BYTES) {
            throw new IOException("it ends too early");
        }
        return block;
    }

    private byte[] extension(TarHeader fields) throws IOException {
        long size = fields.size();
        if (size > EXTENSION_BYTES_MAX) {
            throw new IOException("a header is longer than " + EXTENSION_BYTES_MAX + " bytes");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new IOException("it ends too early");
        }
        in.skipNBytes(Math.ceilDiv(size, BLOCK_BYTES) * BLOCK_BYTES - size);
        return content;
    }

    private static byte[] withoutZero(byte[] text) {
        int end = text.length;
        while (end > 0 && text[end - 1] == 0) {
            end--;
        }
        return Arrays.copyOf(text, end);
    }

    private TreeEntry entry(TarHeader fields, PaxRecords records) throws IOException {
        Kind kind = fields.kind();
        long size = records.number("size").orElse(fields.size());
        if (size < 0) {
            throw new IOException("a size is negative");
        }
        left = kind == Kind.FILE ? size : 0;
        padding = Math.ceilDiv(left, BLOCK_BYTES) * BLOCK_BYTES - left;
        return new TreeEntry(
                plain(records.text("path").orElse(fields.name())),
                kind,
                (int) fields.mode() & 07777,
                records.number("uid").orElse(fields.uid()).intValue(),
                records.number("gid").orElse(fields.gid()).intValue(),
                left,
                records.nanos("mtime").orElse(fields.mtimeSeconds() * NANOS),
                link(kind, records.text("linkpath").orElse(fields.linkName())),
                kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE ? fields.device() : 0,
                kind == Kind.SYMLINK || kind == Kind.HARD_LINK ? Map.of() : records.attributes());
    }

    private static String link(Kind kind, String text) {
        return switch (kind) {
            case SYMLINK -> text;
            case HARD_LINK -> plain(text);
            case FILE, DIRECTORY, FIFO, CHARACTER_DEVICE, BLOCK_DEVICE -> "";
        };
    }

    private static String plain(String name) {
        String plain = name.equals(".") ? "" : name.startsWith("./") ? name.substring(2) : name;
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Reads from the content of the current entry, -1 at its end. */
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
        if (count == 0) {
            throw new IOException("it ends too early");
        }
        left -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
