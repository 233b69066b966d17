package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes the meta of a frame: numbers big endian, texts and byte strings with a u16 length before them. */
final class MetaWriter {
    private final ByteBuffer out = ByteBuffer.allocate(Frame.META_BYTES_MAX);

    MetaWriter u8(int value) {
        out.put((byte) value);
        return this;
    }

    MetaWriter i32(int value) {
        out.putInt(value);
        return this;
    }

    MetaWriter i64(long value) {
        out.putLong(value);
        return this;
    }

    MetaWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws io.jmigrate.runtime.failure.Failure PEER_PROTOCOL if there is no room */
    MetaWriter bytes(byte[] value) {
        if (value.length > Frame.META_BYTES_MAX || value.length + 2 > out.remaining()) {
            throw Protocol.broken("a name or attribute that does not fit into a frame");
        }
        out.putShort((short) value.length).put(value);
        return this;
    }

    byte[] done() {
        byte[] meta = new byte[out.position()];
        out.flip().get(meta);
        return meta;
    }
}
