package io.jmigrate.migration.plan;

/**
 * How much of a container there is, as its source has measured it before the start.
 *
 * @param memoryBytes what its processes use
 * @param rootfsBytes content of the files of its root filesystem, holes not counted
 * @param rootfsEntries names in its root filesystem
 */
public record ContainerSize(long memoryBytes, long rootfsBytes, long rootfsEntries) {
    public ContainerSize {
        if (memoryBytes < 0 || rootfsBytes < 0 || rootfsEntries < 0) {
            throw new IllegalArgumentException("a size below zero");
        }
    }
}
