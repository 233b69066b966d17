package io.jmigrate.migration.transfer;

import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.pages.ZeroPages;
import io.jmigrate.runtime.linux.Descriptors;
import io.jmigrate.runtime.linux.FileExtents;
import io.jmigrate.runtime.linux.FileExtents.Extent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Sends what a file contains. Of a file that gets shorter meanwhile the rest is not sent: it has changed, and the next pass finds out.
 * Large holes are not read.
 */
final class FileContents {
    private static final int CHUNK = HeldBlocks.BLOCK_BYTES_MAX;
    private static final byte[] ZEROS = new byte[CHUNK];

    private final FileOutput out;
    private final byte[] chunk = new byte[CHUNK];

    FileContents(FileOutput out) {
        this.out = out;
    }

    /** What is done with the parts of a file, from front to back. */
    private interface Parts {
        void hole(long from, long to);

        /** @param bytes in the chunk, zeros behind them */
        void data(long from, int bytes);
    }

    /** All of it, to a peer that has a file of zeros. @param held notes what the peer has from now on */
    void whole(OpenedFile file, Optional<HeldBlocks> held) {
        pass(file, new Parts() {
            @Override
            public void hole(long from, long to) {}

            @Override
            public void data(long from, int bytes) {
                held.ifPresent(blocks -> {
                    for (int at = 0; at < bytes; at += blocks.blockBytes()) {
                        differs(blocks, from, at);
                    }
                });
                ZeroPages.divide(ByteBuffer.wrap(chunk, 0, bytes), (at, _, piece) -> {
                    if (piece.hasRemaining()) {
                        out.content(new DataMessage.EntryData(from + at, bytes(piece)), false);
                    }
                });
            }
        });
    }

    /** What differs from what the peer holds. @param held of the file's size by now */
    void changes(OpenedFile file, HeldBlocks held) {
        pass(file, new Parts() {
            @Override
            public void hole(long from, long to) {
                int block = held.blockBytes();
                for (long at = from; at < to; at += block) {
                    if (held.noteZeros((int) (at / block))) {
                        out.zeros(new DataMessage.EntryZeros(at, Math.min(block, to - at)));
                    }
                }
            }

            @Override
            public void data(long from, int bytes) {
                int begin = 0;
                for (int at = 0; at < bytes; at += held.blockBytes()) {
                    if (!differs(held, from, at)) {
                        changed(from, begin, at);
                        begin = at + held.blockBytes();
                    }
                }
                changed(from, begin, bytes);
            }
        });
    }

    /** Notes a block of the chunk. @param from where the chunk begins @param at where the block begins in it */
    private boolean differs(HeldBlocks held, long from, int at) {
        int size = held.blockBytes();
        int block = (int) ((from + at) / size);
        boolean zero = Arrays.equals(chunk, at, at + size, ZEROS, 0, size);
        return zero ? held.noteZeros(block) : held.note(block, chunk, at);
    }

    /** @param from where the chunk begins @param begin where the part that has changed begins in it, and where it ends */
    private void changed(long from, int begin, int end) {
        if (begin >= end) {
            return;
        }
        ZeroPages.divide(ByteBuffer.wrap(chunk, begin, end - begin), (at, length, piece) -> {
            long offset = from + begin + at;
            if (piece.hasRemaining()) {
                out.content(new DataMessage.EntryData(offset, bytes(piece)), true);
            } else {
                out.zeros(new DataMessage.EntryZeros(offset, length));
            }
        });
    }

    private static byte[] bytes(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        return bytes;
    }

    private void pass(OpenedFile file, Parts parts) {
        long size = file.stamp().size();
        Extent known = new Extent(0, 0);
        for (long at = 0; at < size; at += CHUNK) {
            if (at >= known.to()) {
                known = FileExtents.next(file.descriptor(), at).orElse(new Extent(size, size));
            }
            long from = known.from() < size ? Math.max(at, known.from() / CHUNK * CHUNK) : size;
            if (from > at) {
                parts.hole(at, from);
                at = from;
            }
            int bytes = (int) Math.min(CHUNK, size - at);
            if (!read(file, at, bytes)) {
                return;
            }
            if (bytes > 0) {
                parts.data(at, bytes);
            }
        }
    }

    private boolean read(OpenedFile file, long at, int bytes) {
        Arrays.fill(chunk, bytes, CHUNK, (byte) 0);
        return Descriptors.preadFully(file.descriptor(), ByteBuffer.wrap(chunk, 0, bytes), at);
    }
}
