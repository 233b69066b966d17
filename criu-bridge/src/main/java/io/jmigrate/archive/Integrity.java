package io.jmigrate.archive;

import java.util.Objects;
import java.util.Optional;

/**
 * What an archive says of itself, and whether it is so.
 *
 * @param manifest whether it lists its members, and they are as listed
 * @param difference the first thing that isn't as listed, as a sentence
 * @param signed whether there is a signature, of anybody
 * @param signer fingerprint of the key whose signature was asked for and found
 */
public record Integrity(State manifest, Optional<String> difference, boolean signed, Optional<String> signer) {
    /** What became of the comparison with the manifest. */
    public enum State {
        /** There is no manifest: other engines write none. */
        NONE,
        /** All members are as listed. */
        INTACT,
        /** Something is not as listed, or the list can't be read. */
        ALTERED
    }

    public Integrity {
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(difference);
        Objects.requireNonNull(signer);
    }
}
