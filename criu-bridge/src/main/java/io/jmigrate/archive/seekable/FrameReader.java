package io.jmigrate.archive.seekable;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import io.jmigrate.runtime.linux.PageBuffer;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** Reads frames of a file one at a time. For one thread. */
final class FrameReader implements AutoCloseable {
    private static final int ZSTD_MAGIC = 0xFD2FB528;

    /** Magic, flags, at least a size or a window, a block's header, checksum. */
    private static final int FRAME_BYTES_MIN = 4 + 1 + 1 + 3 + 4;

    /** In the byte of flags: a checksum of the content follows the last block (RFC 8878, 3.1.1.1.1). */
    private static final int HAS_CHECKSUM = 1 << 2;

    static final String NOT_AS_WRITTEN = "is not as it was written";

    private final FileChannel file;
    private final SeekTable table;
    private final Optional<FrameChecksums> signed;
    private final Arena memory = Arena.ofShared();
    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private final ByteBuffer compressed;

    /** @param signed digests that every frame is compared with again before it is decompressed: nobody knows what the file is by now */
    FrameReader(FileChannel file, SeekTable table, Optional<FrameChecksums> signed) {
        this.file = file;
        this.table = table;
        this.signed = signed;
        this.compressed = PageBuffer.allocate(memory, table.largest(true)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The frame as it is in the file, until the next is read. */
    ByteBuffer raw(int frame) throws IOException {
        compressed.clear().limit(table.compressedBytes(frame));
        Whole.read(file, table.place(frame), compressed);
        return compressed.flip();
    }

    /**
     * Decompresses a frame and compares it with its checksum.
     *
     * @param into direct, from its position on, with room for all of it; not moved
     */
    void content(int frame, ByteBuffer into) throws IOException {
        ByteBuffer bytes = raw(frame);
        int size = bytes.remaining();
        if (signed.isPresent() && !signed.get().fits(frame, bytes)) {
            throw damaged(frame, NOT_AS_WRITTEN);
        }
        if (size < FRAME_BYTES_MIN || bytes.getInt(0) != ZSTD_MAGIC || (bytes.get(4) & HAS_CHECKSUM) == 0) {
            throw damaged(frame, "is none that has a checksum");
        }
        if (bytes.getInt(size - Integer.BYTES) != table.checksum(frame)) {
            throw damaged(frame, "has not the checksum that the table has of it");
        }
        if (decompress(frame, bytes, into) != table.contentBytes(frame)) {
            throw damaged(frame, "has not the size that the table has of it");
        }
    }

    /** Which compares the content with the frame's checksum. */
    private int decompress(int frame, ByteBuffer bytes, ByteBuffer into) throws DamagedException {
        try {
            return context.decompressDirectByteBuffer(
                    into, into.position(), table.contentBytes(frame), bytes, 0, bytes.remaining());
        } catch (ZstdException e) {
            throw damaged(frame, "can't be decompressed: " + e.getMessage());
        }
    }

    DamagedException damaged(int frame, String what) {
        return new DamagedException("frame " + frame + " at byte " + table.place(frame) + " " + what);
    }

    @Override
    public void close() {
        context.close();
        memory.close();
    }
}
