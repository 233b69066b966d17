package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Signal;
import java.util.Objects;

/**
 * What {@link KillContainer} needs.
 *
 * @param id the container
 * @param signal what to send
 * @param all whether every process of the container gets it, not its init alone
 */
public record KillRequest(ContainerId id, Signal signal, boolean all) {
    public KillRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(signal);
    }
}
