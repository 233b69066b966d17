package io.jmigrate.runtime.linux;

import io.jmigrate.runtime.linux.CryptoLibrary.Function;
import java.util.Optional;

/** Ciphers that also authenticate, as Java calls them: nonces of 12 bytes, tags of 16. */
enum Aead {
    /** RFC 8439. */
    CHACHA20_POLY1305("ChaCha20-Poly1305"),
    /** NIST SP 800-38D. */
    AES_GCM("AES/GCM/NoPadding");

    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;

    private final String transformation;

    Aead(String transformation) {
        this.transformation = transformation;
    }

    /** For {@code Cipher.getInstance}. */
    String transformation() {
        return transformation;
    }

    /** What the library has for keys of this length; empty for lengths that nobody uses. */
    Optional<Function> forKeyOf(int bytes) {
        return switch (this) {
            case CHACHA20_POLY1305 -> bytes == 32 ? Optional.of(Function.CHACHA20_POLY1305) : Optional.empty();
            case AES_GCM ->
                switch (bytes) {
                    case 16 -> Optional.of(Function.AES_128_GCM);
                    case 32 -> Optional.of(Function.AES_256_GCM);
                    default -> Optional.empty();
                };
        };
    }
}
