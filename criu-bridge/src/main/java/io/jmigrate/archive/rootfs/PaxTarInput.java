package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.migration.wire.TreeEntry.Kind;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
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
    private static final Extent NOTHING = new Extent(0, 0);

    private final InputStream in;
    private long left;
    private long padding;
    private Iterator<Extent> extents = Collections.emptyIterator();
    private Extent extent = NOTHING;
    private long offset;

    PaxTarInput(InputStream in) {
        this.in = in;
    }

    /** The next entry, none at the end. Its name is as it stands there, but for "./" before and "/" behind it. */
    Optional<TreeEntry> next() throws IOException {
        in.skipNBytes(left + padding);
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
        SparseMap map = map(kind, records);
        extents = map.extents().iterator();
        extent = NOTHING;
        return new TreeEntry(
                plain(records.text(PaxTarOutput.SPARSE_NAME)
                        .or(() -> records.text("path"))
                        .orElse(fields.name())),
                kind,
                (int) fields.mode() & 07777,
                records.number("uid").orElse(fields.uid()).intValue(),
                records.number("gid").orElse(fields.gid()).intValue(),
                map.size(),
                records.nanos("mtime").orElse(fields.mtimeSeconds() * NANOS),
                link(kind, records.text("linkpath").orElse(fields.linkName())),
                kind == Kind.CHARACTER_DEVICE || kind == Kind.BLOCK_DEVICE ? fields.device() : 0,
                kind == Kind.SYMLINK || kind == Kind.HARD_LINK ? Map.of() : records.attributes());
    }

    /** What there is of the content, from where the stream stands. */
    private SparseMap map(Kind kind, PaxRecords records) throws IOException {
        if (!records.tellOfHoles()) {
            return SparseMap.whole(left);
        }
        Optional<Long> size = records.number(PaxTarOutput.SPARSE_SIZE);
        boolean known = records.text(PaxTarOutput.SPARSE_MAJOR).equals(Optional.of("1"))
                && records.text(PaxTarOutput.SPARSE_MINOR).equals(Optional.of("0"));
        if (kind != Kind.FILE || !known || size.isEmpty() || size.get() < 0) {
            throw new IOException("a file with holes is kept in a way that is not read");
        }
        SparseMap.Read read = SparseMap.read(in, size.get(), left);
        left -= read.textBytes();
        return read.map();
    }

    private static String link(Kind kind, String text) {
        return switch (kind) {
            case SYMLINK -> text;
            case HARD_LINK -> plain(text);
            case FILE, DIRECTORY, FIFO, SOCKET, CHARACTER_DEVICE, BLOCK_DEVICE -> "";
        };
    }

    private static String plain(String name) {
        String plain = name.equals(".") ? "" : name.startsWith("./") ? name.substring(2) : name;
        return plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Reads from the content of the current entry, -1 at its end. What is passed over is zeros. */
    int read(byte[] buffer) throws IOException {
        while (extent.bytes() == 0) {
            if (!extents.hasNext()) {
                return -1;
            }
            extent = extents.next();
        }
        int count = in.readNBytes(buffer, 0, (int) Math.min(extent.bytes(), buffer.length));
        if (count == 0) {
            throw new IOException("it ends too early");
        }
        left -= count;
        offset = extent.from();
        extent = new Extent(offset + count, extent.to());
        return count;
    }

    /** Where in the file that belongs which was read last. */
    long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
