package io.jmigrate.runtime.spec;

/** A line of a user namespace's id map; unsigned 32-bit numbers. */
public record IdMappingSpec(long containerId, long hostId, long size) {}
