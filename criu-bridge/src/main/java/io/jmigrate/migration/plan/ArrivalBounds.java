package io.jmigrate.migration.plan;

import java.util.OptionalLong;

/**
 * How much an arriving container may send, by the size that it was judged by. A container that runs changes what was measured, and
 * files that change are sent again: so there is room beyond the size, and an end to it.
 *
 * @param rootfs its root filesystem
 * @param mounts its filesystems in memory, together
 * @param imageBytesMax CRIU's image files without pages: they hold deleted files, and those of filesystems in memory that don't go by themselves
 * @param roundPagesMax pages of one round of memory
 */
public record ArrivalBounds(TreeBounds rootfs, TreeBounds mounts, long imageBytesMax, long roundPagesMax) {
    /** A tree is sent at most three times, but for names that a dump makes; one more for its growth. */
    private static final long PASSES = 4;

    private static final long ENTRIES_ALWAYS = 100_000;
    private static final long BYTES_ALWAYS = 4L << 30;
    private static final long PAGE_BYTES = 4096;
    /** An inode and its name in memory. A file that is not empty takes a page, and is sent no more often than four times. */
    private static final long NAME_BYTES = PAGE_BYTES / PASSES;

    /** No disk holds more; keeps the sums below within their type. */
    private static final long SIZE_MAX = 1L << 56;

    public static ArrivalBounds of(ContainerSize size) {
        return new ArrivalBounds(
                tree(size.rootfsEntries(), size.rootfsBytes()),
                tree(size.mountEntries(), size.mountBytes()),
                limited(size.memoryBytes()) + BYTES_ALWAYS,
                (2 * limited(size.memoryBytes()) + BYTES_ALWAYS) / PAGE_BYTES);
    }

    private static TreeBounds tree(long entries, long bytes) {
        return new TreeBounds(
                PASSES * limited(entries) + ENTRIES_ALWAYS, PASSES * limited(bytes) + BYTES_ALWAYS, Long.MAX_VALUE);
    }

    /** The same, of a container that may have no more memory than this. */
    public ArrivalBounds within(OptionalLong memoryBytesMax) {
        long most = memoryBytesMax.orElse(Long.MAX_VALUE);
        return new ArrivalBounds(
                rootfs,
                new TreeBounds(
                        Math.min(mounts.entriesMax(), most / NAME_BYTES),
                        mounts.sentBytesMax(),
                        Math.min(mounts.keptBytesMax(), most)),
                Math.min(imageBytesMax, most),
                Math.min(roundPagesMax, most / PAGE_BYTES));
    }

    /** What it may keep in memory altogether: pages of processes, pages that they share, and images. */
    public long keptBytesMax() {
        return Math.max(imageBytesMax, roundPagesMax * PAGE_BYTES);
    }

    private static long limited(long value) {
        return Math.min(value, SIZE_MAX);
    }
}
