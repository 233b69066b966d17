package io.jmigrate.runtime.cgroup;

import java.util.Map;
import java.util.OptionalInt;

/**
 * What a service manager that makes a cgroup has to know of it.
 *
 * @param member pid of a process that is in it from the beginning; a scope can't be made without one
 * @param annotations of the container's config
 */
public record Founding(OptionalInt member, Map<String, String> annotations) {
    /** Nothing is known. */
    public static final Founding NONE = new Founding(OptionalInt.empty(), Map.of());

    public Founding {
        annotations = Map.copyOf(annotations);
    }
}
