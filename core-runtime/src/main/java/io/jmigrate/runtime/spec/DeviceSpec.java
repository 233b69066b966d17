package io.jmigrate.runtime.spec;

import java.util.Optional;

/**
 * A device node to be there.
 *
 * @param path inside the container; empty text when missing
 * @param type {@code c}, {@code b}, {@code u} or {@code p}; empty text when missing
 */
public record DeviceSpec(
        String path,
        String type,
        Optional<Long> major,
        Optional<Long> minor,
        Optional<Long> fileMode,
        Optional<Long> uid,
        Optional<Long> gid) {}
