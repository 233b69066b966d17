package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** Strings as C has them: UTF-8, ended by a zero byte. */
final class CStrings {
    private CStrings() {}

    static MemorySegment of(Arena arena, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a zero byte in " + text.replace('\0', '?'));
        }
        return arena.allocateFrom(text, StandardCharsets.UTF_8);
    }

    /** The address of the string, or 0 (NULL) for null. */
    static long addressOf(Arena arena, String textOrNull) {
        return textOrNull == null ? 0 : of(arena, textOrNull).address();
    }
}
