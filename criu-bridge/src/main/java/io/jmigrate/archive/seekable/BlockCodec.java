package io.jmigrate.archive.seekable;

import java.nio.ByteBuffer;

/** Compresses blocks, each into a frame that can be decompressed alone. For one thread. */
interface BlockCodec extends AutoCloseable {
    /** @param block direct; its remaining bytes are the block, which isn't consumed */
    byte[] compress(ByteBuffer block);

    @Override
    void close();
}
