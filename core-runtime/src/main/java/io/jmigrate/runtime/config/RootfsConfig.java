package io.jmigrate.runtime.config;

import java.nio.file.Path;

/**
 * The root filesystem.
 *
 * @param path an existing directory, absolute, without symbolic links
 * @param readonly whether it is read-only inside
 * @param propagation MS_ flags for the container's root mount, 0 when the spec doesn't say
 */
public record RootfsConfig(Path path, boolean readonly, long propagation) {}
