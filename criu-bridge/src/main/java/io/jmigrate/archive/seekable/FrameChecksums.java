package io.jmigrate.archive.seekable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * CRC32C of every frame as it is in the file, so that a whole file can be checked without decompressing it.
 *
 * <p>A skippable frame, the last that the seek table tells of: magic, size, the name {@code jmigrate-crc32c} and a zero, version 1,
 * how many frames, the CRC32C of each, that of the seek table's frame, and that of all of this before it; numbers are little-endian
 * and of 32 bits.
 *
 * @param crcs of the frames before this one
 * @param tableCrc of the table behind it
 */
record FrameChecksums(int[] crcs, int tableCrc) {
    private static final int SKIPPABLE_MAGIC = 0x184D2A5C;
    private static final byte[] NAME = "jmigrate-crc32c\0".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 2 * Integer.BYTES + NAME.length + 4 * Integer.BYTES;

    /**
     * Those of a file; empty if it has none.
     *
     * @throws DamagedException if they aren't as they were written, or if there is another frame without content: readers that
     *     pass over such a frame and those that don't must see the same
     */
    static Optional<FrameChecksums> read(FileChannel file, SeekTable table) throws IOException {
        int last = table.frames() - 1;
        for (int i = 0; i < last; i++) {
            if (table.contentBytes(i) == 0) {
                throw new DamagedException("frame " + i + " at byte " + table.place(i) + " is without content");
            }
        }
        return table.contentBytes(last) == 0 ? Optional.of(read(file, table, last)) : Optional.empty();
    }

    private static FrameChecksums read(FileChannel file, SeekTable table, int last) throws IOException {
        int bytes = table.compressedBytes(last);
        if (bytes < FIXED_BYTES) {
            throw damaged();
        }
        ByteBuffer frame = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Whole.read(file, table.place(last), frame);
        frame.flip();
        byte[] name = new byte[NAME.length];
        boolean sized = frame.getInt() == SKIPPABLE_MAGIC & frame.getInt() == bytes - 2 * Integer.BYTES;
        frame.get(name);
        if (!sized || !Arrays.equals(name, NAME) || frame.getInt() != VERSION) {
            throw damaged();
        }
        return parse(frame, last);
    }

    private static DamagedException damaged() {
        return new DamagedException("the checksums of its frames are damaged");
    }

    private static FrameChecksums parse(ByteBuffer frame, int frames) throws DamagedException {
        int end = frame.limit() - Integer.BYTES;
        boolean sound = frame.getInt() == frames
                && frame.limit() == FIXED_BYTES + frames * Integer.BYTES
                && crc(frame.duplicate().position(0).limit(end)) == frame.getInt(end);
        if (!sound) {
            throw damaged();
        }
        int[] crcs = new int[frames];
        for (int i = 0; i < frames; i++) {
            crcs[i] = frame.getInt();
        }
        return new FrameChecksums(crcs, frame.getInt());
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Checksums while the frames are written. */
    static final class Builder {
        private int[] crcs = new int[1024];
        private int frames;

        void add(int crc) {
            if (frames == crcs.length) {
                crcs = Arrays.copyOf(crcs, 2 * frames);
            }
            crcs[frames++] = crc;
        }

        /** Size of the frame with those so far. */
        int bytes() {
            return FIXED_BYTES + frames * Integer.BYTES;
        }

        byte[] write(int tableCrc) {
            ByteBuffer frame = ByteBuffer.allocate(bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(SKIPPABLE_MAGIC)
                    .putInt(bytes() - 2 * Integer.BYTES)
                    .put(NAME)
                    .putInt(VERSION)
                    .putInt(frames);
            Arrays.stream(crcs, 0, frames).forEach(frame::putInt);
            frame.putInt(tableCrc);
            return frame.putInt(crc(frame.duplicate().flip())).array();
        }
    }
}
