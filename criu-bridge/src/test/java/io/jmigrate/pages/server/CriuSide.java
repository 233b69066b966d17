package io.jmigrate.pages.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What {@code criu lazy-pages} says and hears. */
final class CriuSide {
    static final int ADD_F = 6;
    static final int GET = 7;
    static final int CLOSE = 0x1023;

    private CriuSide() {}

    static byte[] header(int command, int flags, long pages, long address, long target) {
        return ByteBuffer.allocate(PageMessage.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(0, flags << 16 | command)
                .putLong(8, pages)
                .putLong(16, address)
                .putLong(24, target)
                .array();
    }
}
