package io.jmigrate.archive.rootfs;

import io.jmigrate.migration.wire.TreeEntry;
import io.jmigrate.runtime.linux.DeviceNumber;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes a tar in the interchange format of POSIX (pax(1)), with extended attributes as GNU tar and Go have them
 * ({@code SCHILY.xattr.NAME}): bytes, whatever they are.
 */
final class PaxTarOutput implements AutoCloseable {
    private static final int BLOCK_BYTES = 512;
    private static final int NAME_BYTES = 100;
    private static final int EXTENDED = 'x';
    private static final long SIZE_MAX = 077777777777L;
    private static final long ID_MAX = 07777777L;
    private static final long NANOS = 1_000_000_000L;

    static final String SPARSE_MAJOR = "GNU.sparse.major";
    static final String SPARSE_MINOR = "GNU.sparse.minor";
    static final String SPARSE_NAME = "GNU.sparse.name";
    static final String SPARSE_SIZE = "GNU.sparse.realsize";

    private final OutputStream out;

    PaxTarOutput(OutputStream out) {
        this.out = out;
    }

    /** Writes the header of an entry; its content of exactly {@link TreeEntry#size} bytes comes next. */
    void entry(TreeEntry entry) throws IOException {
        entry(entry, records(entry));
    }

    /**
     * Writes the header of a file with holes, and its map; what the map names of its content comes next. Whoever doesn't know the format
     * makes a file of another name, with the map before the content.
     */
    void sparse(TreeEntry entry, SparseMap map) throws IOException {
        byte[] text = map.text();
        TreeEntry packed = packed(entry, text.length + map.dataBytes());
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.write(records(packed));
        record(records, SPARSE_MAJOR, "1");
        record(records, SPARSE_MINOR, "0");
        record(records, SPARSE_NAME, name(entry));
        record(records, SPARSE_SIZE, Long.toString(map.size()));
        entry(packed, records.toByteArray());
        out.write(text);
    }

    private static TreeEntry packed(TreeEntry entry, long bytes) {
        int name = entry.path().lastIndexOf('/') + 1;
        return new TreeEntry(
                entry.path().substring(0, name) + "GNUSparseFile.0/"
                        + entry.path().substring(name),
                entry.kind(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                bytes,
                entry.mtimeNanos(),
                entry.link(),
                entry.device(),
                entry.xattrs());
    }

    private void entry(TreeEntry entry, byte[] records) throws IOException {
        if (records.length > 0) {
            TreeEntry extension =
                    new TreeEntry("pax", TreeEntry.Kind.FILE, 0600, 0, 0, records.length, 0, "", 0, Map.of());
            out.write(header(extension, EXTENDED));
            out.write(records);
            pad(records.length);
        }
        out.write(header(entry, type(entry)));
    }

    void content(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
    }

    /** Fills the last block of a content. */
    void pad(long size) throws IOException {
        out.write(new byte[(int) (Math.ceilDiv(size, BLOCK_BYTES) * BLOCK_BYTES - size)]);
    }

    private static int type(TreeEntry entry) {
        return switch (entry.kind()) {
            case FILE -> '0';
            case HARD_LINK -> '1';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
            case SOCKET -> throw new IllegalArgumentException("a tar has no sockets: " + entry.path());
        };
    }

    private static byte[] name(TreeEntry entry) {
        if (entry.path().isEmpty()) {
            return new byte[] {'.', '/'};
        }
        boolean directory = entry.kind() == TreeEntry.Kind.DIRECTORY;
        return (directory ? entry.path() + "/" : entry.path()).getBytes(StandardCharsets.UTF_8);
    }

    /** What has no room in a header. */
    private static byte[] records(TreeEntry entry) throws IOException {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        byte[] name = name(entry);
        byte[] link = entry.link().getBytes(StandardCharsets.UTF_8);
        if (!fits(name)) {
            record(records, "path", name);
        }
        if (!fits(link)) {
            record(records, "linkpath", link);
        }
        number(records, "size", entry.size(), SIZE_MAX);
        number(records, "uid", Integer.toUnsignedLong(entry.uid()), ID_MAX);
        number(records, "gid", Integer.toUnsignedLong(entry.gid()), ID_MAX);
        if (entry.mtimeNanos() % NANOS != 0 || entry.mtimeNanos() < 0) {
            record(records, "mtime", BigDecimal.valueOf(entry.mtimeNanos(), 9).toPlainString());
        }
        for (var attribute : entry.xattrs().entrySet()) {
            record(records, "SCHILY.xattr." + attribute.getKey(), attribute.getValue());
        }
        return records.toByteArray();
    }

    private static boolean fits(byte[] name) {
        if (name.length > NAME_BYTES) {
            return false;
        }
        for (byte each : name) {
            if (each < 0) {
                return false;
            }
        }
        return true;
    }

    private static void number(ByteArrayOutputStream records, String key, long value, long max) throws IOException {
        if (value > max) {
            record(records, key, Long.toString(value));
        }
    }

    private static void record(ByteArrayOutputStream records, String key, String value) throws IOException {
        record(records, key, value.getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code LENGTH KEY=VALUE\n}, where the length counts its own digits. */
    private static void record(ByteArrayOutputStream records, String key, byte[] value) throws IOException {
        byte[] keyBytes = (" " + key + "=").getBytes(StandardCharsets.UTF_8);
        int rest = keyBytes.length + value.length + 1;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        records.write(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        records.write(keyBytes);
        records.write(value);
        records.write('\n');
    }

    private static byte[] header(TreeEntry entry, int type) {
        byte[] header = new byte[BLOCK_BYTES];
        text(header, 0, NAME_BYTES, name(entry));
        octal(header, 100, 8, entry.mode());
        octal(header, 108, 8, Math.min(Integer.toUnsignedLong(entry.uid()), ID_MAX));
        octal(header, 116, 8, Math.min(Integer.toUnsignedLong(entry.gid()), ID_MAX));
        octal(header, 124, 12, Math.min(entry.size(), SIZE_MAX));
        octal(header, 136, 12, Math.clamp(Math.floorDiv(entry.mtimeNanos(), NANOS), 0, SIZE_MAX));
        header[156] = (byte) type;
        text(header, 157, NAME_BYTES, entry.link().getBytes(StandardCharsets.UTF_8));
        text(header, 257, 8, "ustar\00000".getBytes(StandardCharsets.US_ASCII));
        DeviceNumber device = DeviceNumber.of(entry.device());
        octal(header, 329, 8, device.major());
        octal(header, 337, 8, device.minor());
        checksum(header);
        return header;
    }

    private static void text(byte[] header, int offset, int room, byte[] text) {
        System.arraycopy(text, 0, header, offset, Math.min(room, text.length));
    }

    private static void octal(byte[] header, int offset, int room, long value) {
        String digits = Long.toOctalString(value);
        Arrays.fill(header, offset, offset + room - 1, (byte) '0');
        text(header, offset + room - 1 - digits.length(), digits.length(), digits.getBytes(StandardCharsets.US_ASCII));
    }

    private static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        octal(header, 148, 7, sum);
    }

    /** Ends the tar. */
    void finish() throws IOException {
        out.write(new byte[2 * BLOCK_BYTES]);
    }

    /** Ends the tar, and closes what it is written to. */
    @Override
    public void close() throws IOException {
        try (out) {
            finish();
        }
    }
}
