package io.jmigrate.archive.seekable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Members of gzip (RFC 1952): one behind the other they are one content. */
final class GzipBlocks implements BlockCodec {
    /** Magic, deflate, no flags, no time, no hint, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater;

    GzipBlocks(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public void compress(ByteBuffer block, ByteBuffer frame) {
        frame.order(ByteOrder.LITTLE_ENDIAN).put(HEADER);
        deflater.reset();
        deflater.setInput(block.duplicate());
        deflater.finish();
        while (!deflater.finished()) {
            deflater.deflate(frame);
        }
        CRC32 crc = new CRC32();
        crc.update(block.duplicate());
        frame.putInt((int) crc.getValue()).putInt(block.remaining()).flip();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
