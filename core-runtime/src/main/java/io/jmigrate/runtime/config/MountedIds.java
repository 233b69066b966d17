package io.jmigrate.runtime.config;

/**
 * How the ids of a mount's files are mapped.
 *
 * @param mappings ids on the disk as {@code containerId}, the host's ids that they become as {@code hostId}; both lists have elements
 * @param recursive whether those of the mounts below it are, too
 */
public record MountedIds(IdMappings mappings, boolean recursive) {}
