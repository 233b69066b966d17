package io.jmigrate.archive.seekable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Members of gzip (RFC 1952): one behind the other they are one content. */
final class GzipBlocks implements BlockCodec {
    /** Magic, deflate, no flags, no time, no hint, unknown system. */
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

    private final Deflater deflater;
    private final byte[] buffer = new byte[64 << 10];

    GzipBlocks(int level) {
        deflater = new Deflater(level, true);
    }

    @Override
    public byte[] compress(ByteBuffer block) {
        ByteArrayOutputStream member = new ByteArrayOutputStream(block.remaining() / 2);
        member.writeBytes(HEADER);
        deflater.reset();
        deflater.setInput(block.duplicate());
        deflater.finish();
        while (!deflater.finished()) {
            member.write(buffer, 0, deflater.deflate(buffer));
        }
        member.writeBytes(trailer(block));
        return member.toByteArray();
    }

    private static byte[] trailer(ByteBuffer block) {
        CRC32 crc = new CRC32();
        crc.update(block.duplicate());
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(block.remaining())
                .array();
    }

    @Override
    public void close() {
        deflater.end();
    }
}
