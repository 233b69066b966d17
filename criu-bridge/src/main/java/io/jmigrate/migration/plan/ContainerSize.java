package io.jmigrate.migration.plan;

/**
 * How much of a container there is, as its source has measured it before the start.
 *
 * @param memoryBytes what its processes use
 * @param rootfsBytes content of the files of its root filesystem, holes not counted
 * @param rootfsEntries names in its root filesystem
 * @param mountBytes content of the files of its filesystems in memory that go by themselves
 * @param mountEntries names in these
 */
public record ContainerSize(
        long memoryBytes, long rootfsBytes, long rootfsEntries, long mountBytes, long mountEntries) {
    public ContainerSize {
        if (Math.min(Math.min(memoryBytes, rootfsBytes), rootfsEntries) < 0 || Math.min(mountBytes, mountEntries) < 0) {
            throw new IllegalArgumentException("a size below zero");
        }
    }
}
