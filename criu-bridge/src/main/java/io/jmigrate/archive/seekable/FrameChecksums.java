package io.jmigrate.archive.seekable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A digest of every frame as it is in the file, so that a whole file can be checked without decompressing it.
 *
 * <p>A skippable frame, the last that the seek table tells of: magic, size, the digests' name (16 bytes, see {@link FrameDigest}),
 * version 1, how many frames, the digest of each, that of the seek table's frame, the signature of all of this before it where the
 * digests have one, and the CRC32C of all before; numbers are little-endian and of 32 bits.
 *
 * @param kind of the digests
 * @param digests of the frames before this one, one behind the other
 * @param table digest of the table behind it
 * @param signed the signature, if there is one
 */
record FrameChecksums(FrameDigest kind, byte[] digests, byte[] table, Optional<SignedBytes> signed) {
    private static final int SKIPPABLE_MAGIC = 0x184D2A5C;
    private static final int VERSION = 1;
    private static final int HEADER_BYTES = 2 * Integer.BYTES + FrameDigest.NAME_BYTES + 2 * Integer.BYTES;

    /**
     * Those of a file; empty if it has none.
     *
     * @throws DamagedException if they or the table aren't as they were written, or if there is another frame without content: readers that
     *     pass over such a frame and those that don't must see the same
     */
    static Optional<FrameChecksums> read(FileChannel file, SeekTable table) throws IOException {
        int last = table.frames() - 1;
        for (int i = 0; i < last; i++) {
            if (table.contentBytes(i) == 0) {
                throw new DamagedException("frame " + i + " at byte " + table.place(i) + " is without content");
            }
        }
        return table.contentBytes(last) == 0 ? Optional.of(of(file, table, last)) : Optional.empty();
    }

    private static FrameChecksums of(FileChannel file, SeekTable table, int last) throws IOException {
        FrameChecksums checksums = read(file, table, last);
        if (!Arrays.equals(table.digest(checksums.kind()), checksums.table())) {
            throw new DamagedException("its table is not as it was written");
        }
        return checksums;
    }

    private static FrameChecksums read(FileChannel file, SeekTable table, int last) throws IOException {
        int bytes = table.compressedBytes(last);
        if (bytes < HEADER_BYTES) {
            throw damaged();
        }
        ByteBuffer frame = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Whole.read(file, table.place(last), frame);
        frame.flip();
        byte[] name = new byte[FrameDigest.NAME_BYTES];
        boolean sized = frame.getInt() == SKIPPABLE_MAGIC & frame.getInt() == bytes - 2 * Integer.BYTES;
        frame.get(name);
        FrameDigest kind = FrameDigest.named(name).orElseThrow(FrameChecksums::damaged);
        if (!sized || frame.getInt() != VERSION || frame.getInt() != last || bytes != size(kind, last)) {
            throw damaged();
        }
        return parse(kind, frame, last);
    }

    private static DamagedException damaged() {
        return new DamagedException("the checksums of its frames are damaged");
    }

    /** Of the frame with the digests of so many. */
    private static long size(FrameDigest kind, int frames) {
        return HEADER_BYTES + (frames + 1L) * kind.bytes() + kind.signatureBytes() + Integer.BYTES;
    }

    private static FrameChecksums parse(FrameDigest kind, ByteBuffer frame, int frames) throws DamagedException {
        byte[] digests = next(frame, frames * kind.bytes());
        byte[] table = next(frame, kind.bytes());
        byte[] message = Arrays.copyOf(frame.array(), frame.position());
        byte[] signature = next(frame, kind.signatureBytes());
        byte[] crc = FrameDigest.CRC32C.of(frame.duplicate().flip());
        if (!Arrays.equals(crc, next(frame, crc.length))) {
            throw damaged();
        }
        Optional<SignedBytes> signed = Optional.of(new SignedBytes(message, signature));
        return new FrameChecksums(kind, digests, table, signed.filter(_ -> signature.length > 0));
    }

    private static byte[] next(ByteBuffer frame, int count) {
        byte[] bytes = new byte[count];
        frame.get(bytes);
        return bytes;
    }

    /** How many frames there are digests of. */
    int frames() {
        return digests.length / kind.bytes();
    }

    /** Whether a frame has these bytes. */
    boolean fits(int frame, ByteBuffer bytes) {
        byte[] found = kind.of(bytes);
        int at = frame * kind.bytes();
        return Arrays.equals(found, 0, found.length, digests, at, at + found.length);
    }

    /** Digests while the frames are written. */
    static final class Builder {
        private final FrameDigest kind;
        private final ByteArrayOutputStream digests = new ByteArrayOutputStream();

        Builder(FrameDigest kind) {
            this.kind = kind;
        }

        void add(byte[] digest) {
            digests.writeBytes(digest);
        }

        /** Size of the frame with those so far. */
        int bytes() {
            return Math.toIntExact(size(kind, digests.size() / kind.bytes()));
        }

        /** @param signer makes the signature, where there is one */
        byte[] write(byte[] table, UnaryOperator<byte[]> signer) {
            ByteBuffer frame = ByteBuffer.allocate(bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(SKIPPABLE_MAGIC)
                    .putInt(bytes() - 2 * Integer.BYTES)
                    .put(kind.label())
                    .putInt(VERSION)
                    .putInt(digests.size() / kind.bytes())
                    .put(digests.toByteArray())
                    .put(table);
            if (kind.signatureBytes() > 0) {
                frame.put(signer.apply(Arrays.copyOf(frame.array(), frame.position())));
            }
            return frame.put(FrameDigest.CRC32C.of(frame.duplicate().flip())).array();
        }
    }
}
