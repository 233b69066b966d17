package io.jmigrate.runtime.network;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A network namespace that can be entered by a path.
 *
 * @param path /proc/PID/ns/net, or a file that holds the namespace by a bind mount
 */
public record NetworkNamespace(Path path) {
    public NetworkNamespace {
        Objects.requireNonNull(path);
    }
}
