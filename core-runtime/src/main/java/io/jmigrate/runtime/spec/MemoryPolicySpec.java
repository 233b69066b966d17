package io.jmigrate.runtime.spec;

import java.util.List;
import java.util.Optional;

/** {@code linux.memoryPolicy}. */
public record MemoryPolicySpec(String mode, Optional<String> nodes, List<String> flags) {}
