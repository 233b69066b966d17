package io.jmigrate.migration.report;

import java.util.Objects;
import java.util.Optional;

/**
 * What crossed the network, payload only.
 *
 * @param memory pages, those that were compressed as they crossed it
 * @param zeros pages of zeros, of which only the place crossed the network
 * @param images CRIU's other image files
 * @param rootfs the root filesystem, and files of filesystems in memory
 * @param shared what of the memory processes share
 * @param pages how those of the memory went; the source knows
 */
public record BytesMoved(
        long memory, long zeros, long images, FilesMoved rootfs, SharedBytes shared, Optional<PagesMoved> pages) {
    public BytesMoved {
        Objects.requireNonNull(pages);
    }

    /** Where nobody knows how pages went. */
    public BytesMoved(long memory, long zeros, long images, FilesMoved rootfs, SharedBytes shared) {
        this(memory, zeros, images, rootfs, shared, Optional.empty());
    }

    /** What really crossed it. */
    public long total() {
        return memory + images + rootfs.bytes();
    }
}
