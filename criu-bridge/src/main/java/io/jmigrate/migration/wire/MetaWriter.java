package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the meta of a frame: numbers big endian, texts and byte strings with a u16 length before them. */
final class MetaWriter {
    /** Enough for pages, of which there are the most. */
    private static final int USUAL_BYTES = 64;

    private ByteBuffer out = ByteBuffer.allocate(USUAL_BYTES);

    MetaWriter u8(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    MetaWriter i32(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    MetaWriter i64(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    MetaWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL if there is no room */
    MetaWriter bytes(byte[] value) {
        room((long) Short.BYTES + value.length).putShort((short) value.length).put(value);
        return this;
    }

    /** For so many bytes more. @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL if there is none */
    private ByteBuffer room(long bytes) {
        long needed = out.position() + bytes;
        if (needed > Frame.META_BYTES_MAX) {
            throw Protocol.broken("a name or attribute that does not fit into a frame");
        }
        if (needed > out.capacity()) {
            int larger = (int) Math.min(Frame.META_BYTES_MAX, 2 * needed);
            out = ByteBuffer.allocate(larger).put(out.flip());
        }
        return out;
    }

    byte[] done() {
        byte[] meta = new byte[out.position()];
        out.flip().get(meta);
        return meta;
    }
}
