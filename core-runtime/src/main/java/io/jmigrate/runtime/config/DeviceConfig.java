package io.jmigrate.runtime.config;

/**
 * A device node of the container.
 *
 * @param path absolute, clean, inside the container
 * @param type what kind of node
 * @param major 0 for a FIFO
 * @param minor 0 for a FIFO
 * @param mode permission bits
 * @param uid inside the container
 * @param gid inside the container
 */
public record DeviceConfig(String path, DeviceType type, long major, long minor, long mode, long uid, long gid) {}
