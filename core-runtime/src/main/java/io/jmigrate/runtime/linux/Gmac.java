package io.jmigrate.runtime.linux;

import java.nio.ByteBuffer;

/**
 * Tags of messages, by which equal ones are found: GMAC (NIST SP 800-38D) with AES-128, all with one key and one nonce. With a key that
 * nobody else has seen this is a universal hash: whatever two messages are chosen, they have the same tag for one key in 2^119, if they
 * are pages. It is several times faster than SHA-256, which needs no secret. It proves nothing to whoever has seen tags.
 *
 * <p>OpenSSL's where the host has it, else the JDK's, which takes as long as its SHA-256 does ({@link Sha256}). Used by one thread at a time.
 */
public sealed interface Gmac permits OpenSslGmac, JdkGmac {
    int KEY_BYTES = 16;
    int TAG_BYTES = 16;

    /** @param key {@link #KEY_BYTES}, for this use alone */
    static Gmac of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes");
        }
        return CryptoLibrary.LOADED
                .<Gmac>map(library -> new OpenSslGmac(library, key))
                .orElseGet(() -> new JdkGmac(key));
    }

    /**
     * Writes the tag of a message.
     *
     * @param message consumed
     * @param tag its position moves on by {@link #TAG_BYTES}
     */
    void tag(ByteBuffer message, ByteBuffer tag);
}
