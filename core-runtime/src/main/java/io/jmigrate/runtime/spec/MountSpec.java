package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/**
 * One mount.
 *
 * @param destination inside the container; empty text when missing
 * @param type a filesystem type; anything for a bind mount
 * @param source a path for a bind mount, else a name or a device
 * @param options as mount(8) has them
 * @param uidMappings of the ids of its files
 * @param gidMappings likewise
 */
public record MountSpec(
        String destination,
        Optional<String> type,
        Optional<String> source,
        List<String> options,
        List<IdMappingSpec> uidMappings,
        List<IdMappingSpec> gidMappings) {}
