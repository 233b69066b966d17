package io.jmigrate.runtime.config;

import io.jmigrate.runtime.linux.Propagation;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The root filesystem.
 *
 * @param path an existing directory, absolute, without symbolic links
 * @param readonly whether it is read-only inside
 * @param propagation of the container's root mount, absent when the spec doesn't say
 */
public record RootfsConfig(Path path, boolean readonly, Optional<Propagation> propagation) {}
