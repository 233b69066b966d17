package io.jmigrate.runtime.cgroup.stats;

import java.util.Optional;

/** How long tasks waited for each resource; version 2 counts it, also where its controllers are those of version 1. */
public record Pressures(Optional<Pressure> cpu, Optional<Pressure> memory, Optional<Pressure> io) {
    static Pressures read(Texts unified) {
        return new Pressures(
                Pressure.read(unified, "cpu.pressure"),
                Pressure.read(unified, "memory.pressure"),
                Pressure.read(unified, "io.pressure"));
    }
}
