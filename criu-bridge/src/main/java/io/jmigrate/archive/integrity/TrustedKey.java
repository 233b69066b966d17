package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.linux.Sha256;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public half of a pair of Ed25519 keys (RFC 8032), whose signatures are believed. */
public final class TrustedKey {
    private final Path file;
    private final PublicKey key;

    private TrustedKey(Path file, PublicKey key) {
        this.file = file;
        this.key = key;
    }

    /**
     * Reads a key in PEM (RFC 8410), as {@code openssl pkey -pubout} writes it.
     *
     * @throws Failure KEY_UNUSABLE
     */
    public static TrustedKey read(Path path) {
        KeyFile file = new KeyFile(path);
        try {
            PublicKey key = KeyFile.factory().generatePublic(new X509EncodedKeySpec(file.der(KeyFile.PUBLIC)));
            verifierOf(key); // whether its bytes are a point of the curve is seen only here
            return new TrustedKey(path, key);
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw file.notOfTheAlgorithm(e);
        }
    }

    private static Signature verifierOf(PublicKey key) throws InvalidKeyException {
        try {
            Signature signature = Signature.getInstance(KeyFile.ALGORITHM);
            signature.initVerify(key);
            return signature;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 15 on has Ed25519 (JEP 339)", e);
        }
    }

    /** Where the key was read from. */
    public Path file() {
        return file;
    }

    /** As OpenSSH writes one, of the key in DER (X.509): {@code SHA256:} and 43 characters. */
    public String fingerprint() {
        byte[] digest = Sha256.digest().digest(key.getEncoded());
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }

    /** Whether the key's other half has signed exactly these bytes. */
    public boolean hasSigned(byte[] message, byte[] signed) {
        try {
            Signature signature = verifierOf(key);
            signature.update(message);
            return signature.verify(signed);
        } catch (SignatureException e) {
            return false; // not the form of a signature: another length, or numbers out of their range
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("the key was good when it was read", e);
        }
    }
}
