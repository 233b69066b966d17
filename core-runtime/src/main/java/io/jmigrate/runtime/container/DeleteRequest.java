package io.jmigrate.runtime.container;

import java.util.Objects;

/**
 * What {@link DeleteContainer} needs.
 *
 * @param id the container
 * @param force whether a container that lives is killed first, what a killed command left half-made is removed, and a missing
 *     container is no error
 */
public record DeleteRequest(ContainerId id, boolean force) {
    public DeleteRequest {
        Objects.requireNonNull(id);
    }
}
