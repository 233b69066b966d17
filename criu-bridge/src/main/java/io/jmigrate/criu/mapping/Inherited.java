package io.jmigrate.criu.mapping;

import java.util.Objects;

/**
 * An open descriptor that takes the place of something external (criu(8), {@code --inherit-fd}).
 *
 * @param key by which the images refer to it
 * @param number of the descriptor in CRIU's process
 */
public record Inherited(String key, int number) {
    public Inherited {
        Objects.requireNonNull(key);
    }
}
