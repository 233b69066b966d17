package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The unit of transmission: 12 bytes of header (type u8, zero u8, meta length u16, payload length u32, CRC32C of all before and after it u32, big
 * endian), then the meta and the payload.
 *
 * @param type what it is
 * @param meta at most {@link #META_BYTES_MAX}
 * @param payload at most {@link #PAYLOAD_BYTES_MAX}
 */
record Frame(FrameType type, byte[] meta, byte[] payload) {
    static final int HEADER_BYTES = 12;
    private static final int CHECKSUM_AT = 8;
    static final int META_BYTES_MAX = 0xffff;
    static final int PAYLOAD_BYTES_MAX = 1 << 20;
    static final byte[] EMPTY = new byte[0];

    Frame {
        if (meta.length > META_BYTES_MAX || payload.length > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + meta.length + " and " + payload.length + " bytes");
        }
    }

    int bytes() {
        return HEADER_BYTES + meta.length + payload.length;
    }

    /** What stands before the meta, ready to be read. */
    ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) type.number())
                .put((byte) 0)
                .putShort((short) meta.length)
                .putInt(payload.length);
        return header.putInt(checksum(header.array(), meta, payload)).flip();
    }

    /** Header, meta and payload, ready to be read. */
    ByteBuffer encode() {
        return ByteBuffer.allocate(bytes()).put(header()).put(meta).put(payload).flip();
    }

    /** @param header of which what stands before the checksum counts */
    static int checksum(byte[] header, byte[] meta, byte[] payload) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, CHECKSUM_AT);
        crc.update(meta);
        crc.update(payload);
        return (int) crc.getValue();
    }
}
