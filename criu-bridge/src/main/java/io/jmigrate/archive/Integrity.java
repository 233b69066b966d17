package io.jmigrate.archive;

import java.util.Objects;
import java.util.Optional;

/**
 * What an archive says of itself, and whether it is so.
 *
 * @param manifest whether it lists its members, and they are as listed
 * @param difference the first thing that isn't as listed, as a sentence
 * @param signed whether there is a signature, of anybody
 * @param frames whether any part of it can be read and checked alone
 * @param signer fingerprint of the key whose signature was asked for and found
 */
public record Integrity(
        State manifest, Optional<String> difference, boolean signed, Frames frames, Optional<String> signer) {
    /** What became of the comparison with the manifest. */
    public enum State {
        /** There is no manifest: other engines write none. */
        NONE,
        /** All members are as listed. */
        INTACT,
        /** Something is not as listed, or the list can't be read. */
        ALTERED
    }

    /** What the frames of the file are compared with when parts of it are read. */
    public enum Frames {
        /** It has none: its content has to be read and compared with the manifest. */
        NONE,
        /** Checksums that tell of accidents. */
        CHECKSUMS,
        /** Digests that the owner of a key has signed. */
        SIGNED
    }

    public Integrity {
        Objects.requireNonNull(frames);
        Objects.requireNonNull(manifest);
        Objects.requireNonNull(difference);
        Objects.requireNonNull(signer);
    }
}
