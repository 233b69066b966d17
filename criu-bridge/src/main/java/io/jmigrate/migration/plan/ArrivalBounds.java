package io.jmigrate.migration.plan;

import java.util.OptionalLong;

/**
 * How much an arriving container may send, by the size that it was judged by. A container that runs changes what was measured, and
 * files that change are sent again: so there is room beyond the size, and an end to it.
 *
 * @param entriesMax names of the root filesystem, counted each time they are sent
 * @param contentBytesMax content of files, counted each time it is sent
 * @param imageBytesMax CRIU's image files without pages: they hold tmpfs mounts, and deleted files
 * @param roundPagesMax pages of one round of memory
 */
public record ArrivalBounds(long entriesMax, long contentBytesMax, long imageBytesMax, long roundPagesMax) {
    /** The root filesystem is sent at most three times, but for names that a dump makes; one more for its growth. */
    private static final long PASSES = 4;

    private static final long ENTRIES_ALWAYS = 100_000;
    private static final long BYTES_ALWAYS = 4L << 30;
    private static final long PAGE_BYTES = 4096;
    /** No disk holds more; keeps the sums below within their type. */
    private static final long SIZE_MAX = 1L << 56;

    public static ArrivalBounds of(ContainerSize size) {
        return new ArrivalBounds(
                PASSES * limited(size.rootfsEntries()) + ENTRIES_ALWAYS,
                PASSES * limited(size.rootfsBytes()) + BYTES_ALWAYS,
                limited(size.memoryBytes()) + BYTES_ALWAYS,
                (2 * limited(size.memoryBytes()) + BYTES_ALWAYS) / PAGE_BYTES);
    }

    /** The same, of a container that may have no more memory than this. */
    public ArrivalBounds within(OptionalLong memoryBytesMax) {
        long most = memoryBytesMax.orElse(Long.MAX_VALUE);
        return new ArrivalBounds(
                entriesMax, contentBytesMax, Math.min(imageBytesMax, most), Math.min(roundPagesMax, most / PAGE_BYTES));
    }

    private static long limited(long value) {
        return Math.min(value, SIZE_MAX);
    }
}
