package io.jmigrate.runtime.config;

import io.jmigrate.runtime.spec.IdMappingSpec;

/** A line of a user namespace's id map (user_namespaces(7)); unsigned 32-bit numbers, size at least 1. */
public record IdMapping(long containerId, long hostId, long size) {
    public static IdMapping resolve(IdMappingSpec spec) {
        return new IdMapping(spec.containerId(), spec.hostId(), spec.size());
    }

    boolean maps(long id) {
        return id >= containerId && id < containerId + size;
    }
}
