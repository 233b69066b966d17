package io.jmigrate.criu.rpc;

import io.jmigrate.runtime.linux.Fd;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * CRIU has got to a point where it waits for the client.
 *
 * @param name for example {@code post-dump} (criu/action-scripts.c)
 * @param pid of the tree's root as the client sees it; only from {@code setup-namespaces} and {@code post-restore}
 * @param descriptor what came along: with {@code orphan-pts-master} the master of the tree's terminal. It is open until the
 *     notification has been answered
 */
public record Notification(String name, OptionalInt pid, Optional<Fd> descriptor) {
    public Notification {
        Objects.requireNonNull(name);
        Objects.requireNonNull(pid);
        Objects.requireNonNull(descriptor);
    }
}
