package io.jmigrate.migration.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link MetaWriter} writes; whatever is short, long or malformed is a failure PEER_PROTOCOL. */
final class MetaReader {
    private final ByteBuffer in;

    MetaReader(byte[] meta) {
        in = ByteBuffer.wrap(meta);
    }

    int u8() {
        return Byte.toUnsignedInt(need(Byte.BYTES).get());
    }

    boolean flag() {
        int value = u8();
        if (value > 1) {
            throw Protocol.broken("a flag that is neither set nor not");
        }
        return value == 1;
    }

    int i32() {
        return need(Integer.BYTES).getInt();
    }

    long i64() {
        return need(Long.BYTES).getLong();
    }

    /** A number that counts something. */
    long count() {
        long value = i64();
        if (value < 0) {
            throw Protocol.broken("a negative length");
        }
        return value;
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Protocol.broken("a text that is not UTF-8").withCause(e);
        }
    }

    byte[] bytes() {
        int length = Short.toUnsignedInt(need(Short.BYTES).getShort());
        byte[] value = new byte[need(length).remaining() < length ? 0 : length];
        in.get(value);
        return value;
    }

    <E extends Enum<E>> E oneOf(E[] values) {
        int ordinal = u8();
        if (ordinal >= values.length) {
            throw Protocol.broken("an unknown kind");
        }
        return values[ordinal];
    }

    void end() {
        if (in.hasRemaining()) {
            throw Protocol.broken("bytes that belong to nothing");
        }
    }

    private ByteBuffer need(int bytes) {
        if (in.remaining() < bytes) {
            throw Protocol.broken("a frame that is too short for what it says");
        }
        return in;
    }
}
