package io.jmigrate.runtime.wire;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a message of a native program. Anything malformed is a {@link WireException}. */
public final class WireReader {
    private final ByteBuffer buffer;

    public WireReader(ByteBuffer message) {
        buffer = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public int u32() {
        try {
            return buffer.getInt();
        } catch (BufferUnderflowException e) {
            throw new WireException("a message ends too early", e);
        }
    }

    /** A count of things that follow, each of at least {@code bytesEach} bytes. */
    public int count(int bytesEach) {
        int count = u32();
        if (count < 0 || (long) count * bytesEach > buffer.remaining()) {
            throw new WireException("a message announces more than it holds: " + Integer.toUnsignedString(count), null);
        }
        return count;
    }

    public String string() {
        byte[] bytes = new byte[count(1)];
        if (buffer.remaining() < bytes.length + 1) {
            throw new WireException("a message ends too early", null);
        }
        buffer.get(bytes);
        if (buffer.get() != 0) {
            throw new WireException("a string in a message has no end", null);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new WireException("a string in a message has two ends", null);
        }
        return text;
    }

    public List<String> strings() {
        int count = count(5);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(string());
        }
        return texts;
    }
}
