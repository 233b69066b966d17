package io.jmigrate.migration.report;

/**
 * What crossed the network, payload only.
 *
 * @param memory pages
 * @param images CRIU's other image files
 * @param rootfs files of the root filesystem, both passes
 */
public record BytesMoved(long memory, long images, long rootfs) {
    public long total() {
        return memory + images + rootfs;
    }
}
