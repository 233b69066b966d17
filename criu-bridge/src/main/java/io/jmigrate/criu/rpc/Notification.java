package io.jmigrate.criu.rpc;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * CRIU has got to a point where it waits for the client.
 *
 * @param name for example {@code post-dump} (criu/action-scripts.c)
 * @param pid of the tree's root as the client sees it; only from {@code setup-namespaces} and {@code post-restore}
 */
public record Notification(String name, OptionalInt pid) {
    public Notification {
        Objects.requireNonNull(name);
        Objects.requireNonNull(pid);
    }
}
