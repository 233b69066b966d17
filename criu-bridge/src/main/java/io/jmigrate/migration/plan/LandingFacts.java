package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What is true at a destination when a container asks to land there.
 *
 * @param host what it is like
 * @param memoryAvailableBytes what the kernel can give without swapping (MemAvailable, proc_meminfo(5))
 * @param images where memory is kept until it is restored
 * @param storage where the bundle is made
 * @param bridges network bridges by name
 * @param namespaces kinds of namespaces that the kernel has, as config.json names them
 * @param obstructions what is in the container's place, as sentences; empty if it is free
 */
public record LandingFacts(
        HostFacts host,
        long memoryAvailableBytes,
        Space images,
        Space storage,
        Set<String> bridges,
        Set<String> namespaces,
        List<String> obstructions) {
    /** Room in a directory. */
    public record Space(Path directory, long freeBytes) {}
}
