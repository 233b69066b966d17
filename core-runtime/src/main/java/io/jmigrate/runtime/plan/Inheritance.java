package io.jmigrate.runtime.plan;

import java.util.Optional;

/**
 * What a process gets of its caller besides the standard streams.
 *
 * @param preserveFds how many of the caller's descriptors, from 3 on
 * @param listenFds how many of these, the first, it is to find as those of a socket activation
 * @param keyring the session keyring that it has in place of the caller's
 */
public record Inheritance(int preserveFds, int listenFds, Optional<String> keyring) {
    /** No descriptors; the caller's keyring. */
    public static final Inheritance PLAIN = new Inheritance(0, 0, Optional.empty());
}
