package io.jmigrate.archive.seekable;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/** Frames of zstd (RFC 8878) that carry their size and, as their last four bytes, the checksum that a seek table wants too. */
final class ZstdBlocks implements BlockCodec {
    private final Arena memory = Arena.ofShared();
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ByteBuffer frame;

    ZstdBlocks(int level, int blockBytesMax) {
        frame = memory.allocate(Zstd.compressBound(blockBytesMax)).asByteBuffer();
        context.setLevel(level).setChecksum(true).setContentSize(true);
    }

    @Override
    public byte[] compress(ByteBuffer block) {
        int size = context.compressDirectByteBuffer(
                frame, 0, frame.capacity(), block, block.position(), block.remaining());
        byte[] compressed = new byte[size];
        frame.get(0, compressed);
        return compressed;
    }

    @Override
    public void close() {
        context.close();
        memory.close();
    }
}
