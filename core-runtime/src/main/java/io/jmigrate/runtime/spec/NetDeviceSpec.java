package io.jmigrate.runtime.spec;

import java.util.Optional;

/** An entry of {@code linux.netDevices}. */
public record NetDeviceSpec(Optional<String> name) {}
