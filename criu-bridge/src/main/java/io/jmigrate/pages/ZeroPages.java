package io.jmigrate.pages;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** Finds pages that hold only zeros, which files keep as holes. */
public final class ZeroPages {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[PageRun.PAGE_BYTES]);

    private static final ValueLayout.OfLong FIRST = ValueLayout.JAVA_LONG_UNALIGNED;

    private ZeroPages() {}

    /** Takes a piece of what was divided. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        /** @param offset of the piece @param length its bytes @param bytes it; empty if it is zeros */
        void take(int offset, int length, ByteBuffer bytes) throws E;
    }

    /**
     * Divides bytes into pieces, from front to back: pages of zeros in a row, and what is between them. What is not a whole page at the end
     * counts as one.
     *
     * @param data from its position to its limit, which stay as they are
     */
    public static <E extends Exception> void divide(ByteBuffer data, Taker<E> taker) throws E {
        MemorySegment pages = MemorySegment.ofBuffer(data);
        int size = data.remaining();
        for (int from = 0; from < size; ) {
            boolean zero = isZero(pages, from);
            int to = Math.min(from + PageRun.PAGE_BYTES, size);
            while (to < size && isZero(pages, to) == zero) {
                to = Math.min(to + PageRun.PAGE_BYTES, size);
            }
            taker.take(from, to - from, data.slice(data.position() + from, zero ? 0 : to - from));
            from = to;
        }
    }

    private static boolean isZero(MemorySegment pages, long offset) {
        long bytes = Math.min(PageRun.PAGE_BYTES, pages.byteSize() - offset);
        if (bytes >= Long.BYTES && pages.get(FIRST, offset) != 0) {
            return false; // most pages that hold something do so at once
        }
        return MemorySegment.mismatch(pages, offset, offset + bytes, ZEROS, 0, bytes) == -1;
    }
}
