package io.jmigrate.runtime.cgroup;

import io.jmigrate.runtime.config.CgroupPlace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The directories of one cgroup, one in each hierarchy that the host has mounted.
 *
 * @param places in the order of /proc/PID/cgroup
 * @param unit the unit of systemd whose cgroup it is; empty if systemd has nothing to do with it
 */
public record CgroupPaths(List<CgroupPlace> places, Optional<String> unit) {
    public CgroupPaths {
        places = List.copyOf(places);
    }

    /** Of a cgroup that is no unit's. */
    public CgroupPaths(List<CgroupPlace> places) {
        this(places, Optional.empty());
    }

    /** The hierarchies as proc_pid_cgroup(5) names them: {@code cpu,cpuacct}, {@code name=systemd}, and nothing for version 2. */
    public List<String> hierarchies() {
        return places.stream()
                .map(place -> String.join(",", place.controllers()))
                .toList();
    }

    /** Whether one v2 hierarchy holds everything, as opposed to v1 controllers with or without a v2 hierarchy beside them. */
    public boolean isUnified() {
        return places.size() == 1 && places.getFirst().isVersion2();
    }

    /** The directory in the hierarchy of a v1 controller, for example {@code freezer}. */
    public Optional<Path> ofController(String controller) {
        return places.stream()
                .filter(place -> place.controllers().contains(controller))
                .map(CgroupPlace::directory)
                .findFirst();
    }

    /** The directory in the v2 hierarchy, if the host has one. */
    public Optional<Path> unified() {
        return places.stream()
                .filter(CgroupPlace::isVersion2)
                .map(CgroupPlace::directory)
                .findFirst();
    }
}
