package io.jmigrate.runtime.container;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link DeleteContainer} needs.
 *
 * @param id the container
 * @param force whether a container that lives is killed first, what a killed command left half-made is removed, and a missing
 *     container is no error
 * @param created when the one that is meant was made: another one that has its id by now is left alone, as if none had it; empty: whichever
 *     has the id
 */
public record DeleteRequest(ContainerId id, boolean force, Optional<Instant> created) {
    /** Whichever has the id. */
    public DeleteRequest(ContainerId id, boolean force) {
        this(id, force, Optional.empty());
    }

    /** By force what is left of this one, and of none that has its id by now. */
    public static DeleteRequest onlyByForce(ContainerRecord container) {
        return new DeleteRequest(container.id(), true, Optional.of(container.created()));
    }

    public DeleteRequest {
        Objects.requireNonNull(id);
        Objects.requireNonNull(created);
    }
}
