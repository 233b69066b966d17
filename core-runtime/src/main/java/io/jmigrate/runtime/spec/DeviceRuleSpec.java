package io.jmigrate.runtime.spec;

import java.util.Optional;

/** A rule of the device cgroup; absent type or number means all of them. */
public record DeviceRuleSpec(
        boolean allow, Optional<String> type, Optional<Long> major, Optional<Long> minor, Optional<String> access) {}
