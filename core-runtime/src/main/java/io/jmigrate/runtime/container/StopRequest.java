package io.jmigrate.runtime.container;

import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link StopContainer} needs.
 *
 * @param id the container
 * @param signal by which its init is asked to end
 * @param grace how long that may take; then everything of it is killed
 * @param created when the one that is meant was made; empty: whichever has the id
 */
public record StopRequest(ContainerId id, Signal signal, Duration grace, Optional<Instant> created) {
    /** Whichever has the id. */
    public StopRequest(ContainerId id, Signal signal, Duration grace) {
        this(id, signal, grace, Optional.empty());
    }

    /** This one alone, and none that has its id by now. */
    public static StopRequest only(ContainerRecord container, Signal signal, Duration grace) {
        return new StopRequest(container.id(), signal, grace, Optional.of(container.created()));
    }

    public StopRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(signal);
        Objects.requireNonNull(grace);
        Objects.requireNonNull(created);
    }
}
