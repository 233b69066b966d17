package io.jmigrate.runtime.spec;

import java.util.List;

/** {@code linux.personality}. */
public record PersonalitySpec(String domain, List<String> flags) {}
