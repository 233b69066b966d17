package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.Objects;

/**
 * What {@link StopContainer} needs.
 *
 * @param id the container
 * @param signal by which its init is asked to end
 * @param grace how long that may take; then everything of it is killed
 */
public record StopRequest(ContainerId id, Signal signal, Duration grace) {
    public StopRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(signal);
        Objects.requireNonNull(grace);
    }
}
