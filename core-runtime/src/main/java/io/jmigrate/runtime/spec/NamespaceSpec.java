package io.jmigrate.runtime.spec;

import java.util.Optional;

/** A namespace to be made, or joined when it has a path. */
public record NamespaceSpec(String type, Optional<String> path) {}
