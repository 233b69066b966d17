package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The unit of transmission: 12 bytes of header (type u8, zero u8, meta length u16, payload length u32, CRC32C of all before and after it u32, big
 * endian), then the meta and the payload.
 *
 * @param type what it is
 * @param meta at most {@link #META_BYTES_MAX}
 * @param payload its remaining bytes, at most {@link #PAYLOAD_BYTES_MAX}. They belong to somebody else: of a frame that is sent they are
 *     copied before the call returns, of one that was received they are good until the next is
 */
record Frame(FrameType type, byte[] meta, ByteBuffer payload) {
    static final int HEADER_BYTES = 12;
    /** What stands before it counts as well. */
    static final int CHECKSUM_AT = 8;

    static final int META_BYTES_MAX = 0xffff;
    static final int PAYLOAD_BYTES_MAX = 1 << 20;
    static final byte[] NO_META = new byte[0];

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    Frame {
        if (meta.length > META_BYTES_MAX || payload.remaining() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException("a frame of " + meta.length + " and " + payload.remaining() + " bytes");
        }
    }

    /** One without a payload. */
    static Frame of(FrameType type, byte[] meta) {
        return new Frame(type, meta, NOTHING);
    }

    static Frame of(FrameType type, byte[] meta, byte[] payload) {
        return new Frame(type, meta, ByteBuffer.wrap(payload));
    }

    int bytes() {
        return HEADER_BYTES + meta.length + payload.remaining();
    }

    /** A copy of the payload. */
    byte[] content() {
        byte[] copy = new byte[payload.remaining()];
        payload.get(payload.position(), copy);
        return copy;
    }

    /** What stands before the meta, ready to be read. */
    ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES)
                .put((byte) type.number())
                .put((byte) 0)
                .putShort((short) meta.length)
                .putInt(payload.remaining());
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, CHECKSUM_AT);
        crc.update(meta);
        crc.update(payload.duplicate());
        return header.putInt((int) crc.getValue()).flip();
    }

    /** Header, meta and payload, ready to be read. */
    ByteBuffer encode() {
        return ByteBuffer.allocate(bytes())
                .put(header())
                .put(meta)
                .put(payload.duplicate())
                .flip();
    }
}
