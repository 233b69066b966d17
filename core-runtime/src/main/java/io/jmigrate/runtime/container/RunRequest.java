package io.jmigrate.runtime.container;

import java.util.Objects;

/**
 * What {@link RunContainer} needs.
 *
 * @param create how the container is made
 * @param keep whether the container stays, stopped, when its init has ended
 */
public record RunRequest(CreateRequest create, boolean keep) {
    public RunRequest {
        Objects.requireNonNull(create);
    }
}
