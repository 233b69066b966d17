package io.jmigrate.criu.mapping;

import java.util.Objects;

/**
 * A standard stream of a container's first process that leads out of the container.
 *
 * @param number 0, 1 or 2
 * @param kind what it is
 * @param key by which the images refer to it: {@code pipe:[4711]} or {@code file[1b:2f3]}
 */
public record HostStream(int number, StreamKind kind, String key) {
    public HostStream {
        if (number < 0 || number > 2) {
            throw new IllegalArgumentException("not a standard stream: " + number);
        }
        Objects.requireNonNull(kind);
        Objects.requireNonNull(key);
    }
}
