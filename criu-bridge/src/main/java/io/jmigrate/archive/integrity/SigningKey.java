package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.Failure;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;

/** The private half of a pair of Ed25519 keys (RFC 8032). */
public final class SigningKey {
    private final PrivateKey key;

    private SigningKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key in PEM, PKCS #8 (RFC 8410), as {@code openssl genpkey -algorithm ed25519} writes it.
     *
     * @throws Failure KEY_EXPOSED if others may read the file, KEY_UNUSABLE
     */
    public static SigningKey read(Path path) {
        KeyFile file = new KeyFile(path);
        file.requirePrivate();
        try {
            return new SigningKey(
                    KeyFile.factory().generatePrivate(new PKCS8EncodedKeySpec(file.der(KeyFile.PRIVATE))));
        } catch (InvalidKeySpecException e) {
            throw file.notOfTheAlgorithm(e);
        }
    }

    /** The signature of the bytes: 64 bytes. */
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance(KeyFile.ALGORITHM);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of Ed25519 signs anything", e);
        }
    }
}
