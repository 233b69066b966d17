package io.jmigrate.pages.later;

import io.jmigrate.pages.PageRun;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Which pages of a file have come, in memory that others have mapped, too: a bit each. One thread writes. */
final class ComeBits implements AutoCloseable {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORDS = WORD.arrayElementVarHandle();

    private final Arena arena;
    private final MemorySegment bits;

    private ComeBits(Arena arena, MemorySegment bits) {
        this.arena = arena;
        this.bits = bits;
    }

    static ComeBits open(Path file) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new ComeBits(arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena));
        } catch (IOException e) {
            arena.close();
            throw e;
        }
    }

    /** How many pages there may be. */
    long pages() {
        return bits.byteSize() * Byte.SIZE;
    }

    /** @param offset of a page in the file, in bytes */
    boolean has(long offset) {
        return (word(offset) & bit(offset)) != 0;
    }

    /** These pages are in the file: whoever sees the bit sees them. */
    void set(long offset, long pages) {
        for (long at = offset; at < offset + pages * PageRun.PAGE_BYTES; at += PageRun.PAGE_BYTES) {
            WORDS.setRelease(bits, 0L, index(at), word(at) | bit(at));
        }
    }

    private long word(long offset) {
        return (long) WORDS.getAcquire(bits, 0L, index(offset));
    }

    private static long index(long offset) {
        return offset / PageRun.PAGE_BYTES / Long.SIZE;
    }

    private static long bit(long offset) {
        return 1L << offset / PageRun.PAGE_BYTES;
    }

    @Override
    public void close() {
        arena.close();
    }
}
