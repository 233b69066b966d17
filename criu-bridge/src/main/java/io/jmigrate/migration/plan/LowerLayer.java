package io.jmigrate.migration.plan;

/**
 * A lower layer of the overlay that a container's root filesystem is.
 *
 * @param path at the source, without symbolic links; the destination uses what it has there
 * @param digest of its names and contents ({@link io.jmigrate.migration.transfer.LayerDigest})
 */
public record LowerLayer(String path, String digest) {}
