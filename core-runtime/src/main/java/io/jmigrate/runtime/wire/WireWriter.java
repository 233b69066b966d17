package io.jmigrate.runtime.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/** Composes a message for a native program. */
public final class WireWriter {
    private static final int INITIAL_BYTES = 1024;

    private ByteBuffer buffer = ByteBuffer.allocate(INITIAL_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** Appends 32 bits. */
    public WireWriter u32(int value) {
        reserve(4).putInt(value);
        return this;
    }

    /** Appends 64 bits. */
    public WireWriter u64(long value) {
        reserve(8).putLong(value);
        return this;
    }

    /** Appends a string; a zero byte inside can't be expressed. */
    public WireWriter string(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte in \"" + text.replace("\0", "\\0") + '"');
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        reserve(bytes.length + 5).putInt(bytes.length).put(bytes).put((byte) 0);
        return this;
    }

    /** Appends a list of strings. */
    public WireWriter strings(Collection<String> texts) {
        u32(texts.size());
        texts.forEach(this::string);
        return this;
    }

    /** Appends what another writer has composed, without a length. */
    public WireWriter raw(WireWriter other) {
        reserve(other.size()).put(other.toBuffer());
        return this;
    }

    /** Bytes written so far. */
    public int size() {
        return buffer.position();
    }

    /** All that was written, ready to be read. */
    public ByteBuffer toBuffer() {
        return buffer.duplicate().flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer reserve(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
            buffer = ByteBuffer.wrap(Arrays.copyOf(buffer.array(), capacity))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .position(buffer.position());
        }
        return buffer;
    }
}
