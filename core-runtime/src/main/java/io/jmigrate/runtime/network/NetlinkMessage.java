package io.jmigrate.runtime.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Composes one netlink message: a header, a fixed part that depends on its type, and attributes (netlink(7)). */
final class NetlinkMessage {
    private static final int BYTES_MAX = 4096;
    private static final int ATTRIBUTE_BYTES = 4; // struct nlattr
    private static final short REQUEST = 1;
    private static final short NESTED = (short) (1 << 15);

    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.nativeOrder());

    /** @param flags besides NLM_F_REQUEST */
    NetlinkMessage(int type, int flags) {
        bytes.putInt(0)
                .putShort((short) type)
                .putShort((short) (REQUEST | flags))
                .putInt(0)
                .putInt(0);
    }

    /** Part of the fixed part, in the machine's byte order. */
    NetlinkMessage u8(int value) {
        bytes.put((byte) value);
        return this;
    }

    NetlinkMessage u16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    NetlinkMessage i32(int value) {
        bytes.putInt(value);
        return this;
    }

    NetlinkMessage text(int attribute, String value) {
        return attribute(attribute, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** A number in network byte order, as packet filters have them. */
    NetlinkMessage be32(int attribute, int value) {
        return attribute(
                attribute, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** A number in the machine's byte order. */
    NetlinkMessage i32(int attribute, int value) {
        return attribute(
                attribute,
                ByteBuffer.allocate(Integer.BYTES)
                        .order(ByteOrder.nativeOrder())
                        .putInt(value)
                        .array());
    }

    NetlinkMessage attribute(int attribute, byte[] value) {
        bytes.putShort((short) (ATTRIBUTE_BYTES + value.length))
                .putShort((short) attribute)
                .put(value);
        while (bytes.position() % ATTRIBUTE_BYTES != 0) {
            bytes.put((byte) 0);
        }
        return this;
    }

    /** An attribute that consists of attributes. */
    NetlinkMessage nested(int attribute, Consumer<NetlinkMessage> content) {
        int start = bytes.position();
        bytes.putShort((short) 0).putShort((short) (NESTED | attribute));
        content.accept(this);
        bytes.putShort(start, (short) (bytes.position() - start));
        return this;
    }

    private ByteBuffer done() {
        return bytes.putInt(0, bytes.position()).flip();
    }

    /** The messages one after the other; each is used up. */
    static ByteBuffer join(List<NetlinkMessage> messages) {
        ByteBuffer all = ByteBuffer.allocate(messages.size() * BYTES_MAX).order(ByteOrder.nativeOrder());
        messages.forEach(message -> all.put(message.done()));
        return all.flip();
    }
}
