package io.jmigrate.runtime.plan;

import java.util.Optional;

/**
 * What a process gets of its caller besides the standard streams.
 *
 * @param preserveFds how many of the caller's descriptors, from 3 on
 * @param keyring the session keyring that it has in place of the caller's
 */
public record Inheritance(int preserveFds, Optional<String> keyring) {
    /** No descriptors; the caller's keyring. */
    public static final Inheritance PLAIN = new Inheritance(0, Optional.empty());
}
