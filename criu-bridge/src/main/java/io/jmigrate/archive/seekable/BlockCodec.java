package io.jmigrate.archive.seekable;

import java.nio.ByteBuffer;

/** Compresses blocks, each into a frame that can be decompressed alone. For one thread. */
interface BlockCodec extends AutoCloseable {
    /**
     * Compresses one.
     *
     * @param block direct; its remaining bytes are the block, which isn't consumed
     * @param frame direct and empty, with room for {@link #frameBytesMax}; the frame's bytes remain in it
     */
    void compress(ByteBuffer block, ByteBuffer frame);

    /** What a block that doesn't compress becomes at most. */
    static int frameBytesMax(int blockBytes) {
        return blockBytes + blockBytes / 128 + 1024; // zstd.h (ZSTD_COMPRESSBOUND): 1/256; zlib.h (deflateBound): less
    }

    @Override
    void close();
}
