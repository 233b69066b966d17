package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where the frames of a file are, as the file's end tells (facebook/zstd, contrib/seekable_format/zstd_seekable_compression_format.md).
 *
 * <p>A skippable frame: magic, size, an entry for each frame (compressed size, size, low 32 bits of the content's XXH64), then how
 * many there are, a byte of flags and another magic; all numbers little-endian. The checksum is the one that a frame of zstd ends
 * with. A table without checksums is as good as none here.
 */
final class SeekTable {
    static final int CHECKSUM_OF_NOTHING = 0x51D8E999;

    /** The largest frame that is read: sixteen times those that are written here. */
    static final int FRAME_BYTES_MAX = 16 << 20;

    private static final int SKIPPABLE_MAGIC = 0x184D2A5E;
    private static final int FOOTER_MAGIC = 0x8F92EAB1;
    private static final byte WITH_CHECKSUMS = (byte) 0x80;
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int ENTRY_BYTES = 3 * Integer.BYTES;
    private static final int FOOTER_BYTES = 2 * Integer.BYTES + 1;

    /** Frames of a TiB, and 24 MiB of memory for them. */
    private static final int FRAMES_MAX = 1 << 20;

    private final long[] places;
    private final long[] offsets;
    private final int[] checksums;
    private final ByteBuffer written;

    private SeekTable(long[] places, long[] offsets, int[] checksums, ByteBuffer written) {
        this.places = places;
        this.offsets = offsets;
        this.checksums = checksums;
        this.written = written;
    }

    /**
     * The table at the end of a file; empty if there is none.
     *
     * @throws DamagedException if it can't be one of this file
     */
    static Optional<SeekTable> read(FileChannel file) throws IOException {
        long fileBytes = file.size();
        if (fileBytes < HEADER_BYTES + FOOTER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer footer = bytes(file, fileBytes - FOOTER_BYTES, FOOTER_BYTES);
        int frames = footer.getInt();
        if (footer.get() != WITH_CHECKSUMS || footer.getInt() != FOOTER_MAGIC) {
            return Optional.empty();
        }
        long tableBytes = HEADER_BYTES + (long) frames * ENTRY_BYTES + FOOTER_BYTES;
        if (frames < 1 || frames > FRAMES_MAX || tableBytes > fileBytes) {
            throw new DamagedException("its table can't have " + Integer.toUnsignedString(frames) + " frames");
        }
        ByteBuffer table = bytes(file, fileBytes - tableBytes, (int) tableBytes);
        ByteBuffer written = table.duplicate();
        if (table.getInt() != SKIPPABLE_MAGIC || table.getInt() != tableBytes - HEADER_BYTES) {
            throw new DamagedException("its table does not begin where it should");
        }
        return Optional.of(entries(table, frames, fileBytes - tableBytes, written));
    }

    private static ByteBuffer bytes(FileChannel file, long place, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        Whole.read(file, place, bytes);
        return bytes.flip();
    }

    private static SeekTable entries(ByteBuffer table, int frames, long end, ByteBuffer written)
            throws DamagedException {
        long[] places = new long[frames + 1];
        long[] offsets = new long[frames + 1];
        int[] checksums = new int[frames];
        for (int i = 0; i < frames; i++) {
            places[i + 1] = places[i] + size(table.getInt(), i);
            offsets[i + 1] = offsets[i] + size(table.getInt(), i);
            checksums[i] = table.getInt();
        }
        if (places[frames] != end) {
            throw new DamagedException("its table tells of " + places[frames] + " bytes, and there are " + end);
        }
        return new SeekTable(places, offsets, checksums, written);
    }

    private static int size(int size, int frame) throws DamagedException {
        // what can't be compressed becomes a little larger; the checksums of a large file are one frame
        if (size < 0 || size > FRAME_BYTES_MAX + (FRAME_BYTES_MAX >> 4)) {
            throw new DamagedException(
                    "frame " + frame + " is too large: " + Integer.toUnsignedString(size) + " bytes");
        }
        return size;
    }

    int frames() {
        return checksums.length;
    }

    long contentBytes() {
        return offsets[offsets.length - 1];
    }

    /** Where the frame begins in the file. */
    long place(int frame) {
        return places[frame];
    }

    int compressedBytes(int frame) {
        return (int) (places[frame + 1] - places[frame]);
    }

    /** Where the frame begins in the content. */
    long offset(int frame) {
        return offsets[frame];
    }

    int contentBytes(int frame) {
        return (int) (offsets[frame + 1] - offsets[frame]);
    }

    /** Low 32 bits of the content's XXH64. */
    int checksum(int frame) {
        return checksums[frame];
    }

    /** Of the table's own bytes. */
    byte[] digest(FrameDigest kind) {
        return kind.of(written);
    }

    /** The frame that holds this byte of the content, which is one of it. */
    int frameAt(long offset) {
        int found = Arrays.binarySearch(offsets, offset);
        int frame = found >= 0 ? found : -found - 2;
        while (offsets[frame + 1] == offset) {
            frame++; // without content
        }
        return frame;
    }

    /** The largest of the frames that have content: that, or what it is compressed to. */
    int largest(boolean compressed) {
        int largest = 0;
        for (int i = 0; i < frames(); i++) {
            int bytes = compressed && contentBytes(i) > 0 ? compressedBytes(i) : contentBytes(i);
            largest = Math.max(largest, bytes);
        }
        return largest;
    }

    /** A table while its frames are written. */
    static final class Builder {
        private ByteBuffer entries = ByteBuffer.allocate(1024 * ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        void add(int compressedBytes, int contentBytes, int checksum) throws IOException {
            if (entries.position() / ENTRY_BYTES == FRAMES_MAX) {
                throw new IOException("there is more content than a table can tell of");
            }
            if (!entries.hasRemaining()) {
                entries = ByteBuffer.allocate(2 * entries.capacity())
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(entries.flip());
            }
            entries.putInt(compressedBytes).putInt(contentBytes).putInt(checksum);
        }

        byte[] write() {
            int bytes = entries.position();
            return ByteBuffer.allocate(HEADER_BYTES + bytes + FOOTER_BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(SKIPPABLE_MAGIC)
                    .putInt(bytes + FOOTER_BYTES)
                    .put(entries.duplicate().flip())
                    .putInt(bytes / ENTRY_BYTES)
                    .put(WITH_CHECKSUMS)
                    .putInt(FOOTER_MAGIC)
                    .array();
        }
    }
}
