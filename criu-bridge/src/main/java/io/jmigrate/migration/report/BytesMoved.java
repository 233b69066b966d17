package io.jmigrate.migration.report;

/**
 * What crossed the network, payload only.
 *
 * @param memory pages
 * @param zeros pages of zeros, of which only the place crossed the network
 * @param images CRIU's other image files
 * @param rootfs the root filesystem
 * @param shared what of the memory processes share
 */
public record BytesMoved(long memory, long zeros, long images, FilesMoved rootfs, SharedBytes shared) {
    /** What really crossed it. */
    public long total() {
        return memory + images + rootfs.bytes();
    }
}
