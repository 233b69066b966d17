package io.jmigrate.runtime.linux;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/**
 * Direct buffers that begin where a page does, for what the kernel copies much into.
 *
 * <p>malloc puts large blocks 16 bytes behind the beginning of a page, and there the kernel's copies (REP MOVSB) take some of AMD's
 * processors two to seven times as long: reading a gigabyte from the page cache 0.3 s or 2 s. Buffers of {@code
 * ByteBuffer.allocateDirect}, the JDK's own included, get the same by the property {@code sun.nio.PageAlignDirectMemory}.
 */
public final class PageBuffer {
    private static final int PAGE_BYTES = 4096;

    private PageBuffer() {}

    /** Zeros, as long as the arena lives. */
    public static ByteBuffer allocate(Arena arena, int bytes) {
        return arena.allocate(bytes, PAGE_BYTES).asByteBuffer();
    }
}
