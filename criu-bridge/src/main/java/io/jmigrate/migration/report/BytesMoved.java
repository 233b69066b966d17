package io.jmigrate.migration.report;

/**
 * What crossed the network, payload only.
 *
 * @param memory pages
 * @param zeros pages of zeros, of which only the place crossed the network
 * @param images CRIU's other image files
 * @param rootfs files of the root filesystem, both passes
 * @param shared what of the memory processes share
 */
public record BytesMoved(long memory, long zeros, long images, long rootfs, SharedBytes shared) {
    /** What really crossed it. */
    public long total() {
        return memory + images + rootfs;
    }
}
