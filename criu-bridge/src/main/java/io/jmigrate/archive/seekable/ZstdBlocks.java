package io.jmigrate.archive.seekable;

import com.github.luben.zstd.ZstdCompressCtx;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/**
 * Frames of zstd (RFC 8878) that carry their size and, as their last four bytes, the checksum that a seek table wants too.
 *
 * <p>Where samples of a block don't get smaller, the whole is compressed with the fastest level: the others take twice as long to find
 * out the same.
 */
final class ZstdBlocks implements BlockCodec {
    /** In zstd's scale negative levels are faster than the first (zstd.h, ZSTD_minCLevel). */
    private static final int FASTEST = -5;

    private static final int SAMPLE_BYTES = 4 << 10;
    private static final int SAMPLES = 8;

    private final Arena memory = Arena.ofShared();
    private final int level;
    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private final ZstdCompressCtx sampling = new ZstdCompressCtx();
    private final ByteBuffer samples = direct(SAMPLES * SAMPLE_BYTES);
    private final ByteBuffer sampled = direct(BlockCodec.frameBytesMax(SAMPLES * SAMPLE_BYTES));

    /** @param level 1 to 19 */
    ZstdBlocks(int level) {
        this.level = level;
        context.setChecksum(true).setContentSize(true);
        sampling.setLevel(1);
    }

    private ByteBuffer direct(int bytes) {
        return memory.allocate(bytes).asByteBuffer();
    }

    @Override
    public void compress(ByteBuffer block, ByteBuffer frame) {
        context.setLevel(shrinks(block) ? level : FASTEST);
        frame.limit(context.compressDirectByteBuffer(
                frame, 0, frame.capacity(), block, block.position(), block.remaining()));
    }

    private boolean shrinks(ByteBuffer block) {
        int room = block.remaining() / SAMPLES;
        if (room < SAMPLE_BYTES) {
            return true; // it takes no time anyway
        }
        samples.clear();
        for (int i = 0; i < SAMPLES; i++) {
            samples.put(i * SAMPLE_BYTES, block, block.position() + i * room, SAMPLE_BYTES);
        }
        int size = sampling.compressDirectByteBuffer(sampled, 0, sampled.capacity(), samples, 0, samples.capacity());
        return size < samples.capacity() - samples.capacity() / 32;
    }

    @Override
    public void close() {
        context.close();
        sampling.close();
        memory.close();
    }
}
