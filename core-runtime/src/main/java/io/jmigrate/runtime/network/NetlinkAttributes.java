package io.jmigrate.runtime.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes of an entry that the kernel lists (netlink(7), rtnetlink(7)).
 *
 * @param byType values in the machine's byte order, in the kernel's order of attributes
 */
record NetlinkAttributes(Map<Integer, byte[]> byType) {
    private static final int HEADER_BYTES = 4; // struct nlattr
    /** Above are the flags for nested attributes and byte order. */
    private static final int TYPE_MASK = 0x3fff;

    /** @param fixedBytes of the entry, which are before its attributes */
    static NetlinkAttributes read(ByteBuffer entry, int fixedBytes) {
        Map<Integer, byte[]> byType = new LinkedHashMap<>();
        int at = fixedBytes;
        while (at + HEADER_BYTES <= entry.limit()) {
            int length = Math.max(Short.toUnsignedInt(entry.getShort(at)), HEADER_BYTES);
            int type = entry.getShort(at + Short.BYTES) & TYPE_MASK;
            byte[] value = new byte[Math.min(length, entry.limit() - at) - HEADER_BYTES];
            entry.get(at + HEADER_BYTES, value);
            byType.put(type, value);
            at += length + 3 & ~3;
        }
        return new NetlinkAttributes(byType);
    }

    Optional<String> text(int type) {
        return Optional.ofNullable(byType.get(type))
                .map(value -> new String(value, StandardCharsets.UTF_8).replace("\0", ""));
    }

    Optional<Integer> i32(int type) {
        return Optional.ofNullable(byType.get(type))
                .filter(value -> value.length >= Integer.BYTES)
                .map(value ->
                        ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt());
    }
}
