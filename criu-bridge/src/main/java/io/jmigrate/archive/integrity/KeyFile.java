package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A file with one key in PEM (RFC 7468), as openssl writes it. */
record KeyFile(Path path) {
    static final String ALGORITHM = "Ed25519";
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    /**
     * The key in DER.
     *
     * @param label {@link #PRIVATE} or {@link #PUBLIC}
     * @throws Failure KEY_UNUSABLE
     */
    byte[] der(String label) {
        PemObject pem = pem(new String(file().content(), StandardCharsets.ISO_8859_1));
        if (pem == null) {
            throw unusable("it holds no key in PEM");
        }
        if (!pem.getType().equals(label)) {
            throw unusable(otherThan(label, pem.getType()));
        }
        return pem.getContent();
    }

    private static String otherThan(String wanted, String label) {
        return switch (label) {
            case "ENCRYPTED PRIVATE KEY" -> "it is encrypted, and nobody is asked for its passphrase";
            case PRIVATE -> "it is a private key, and a public one is needed";
            case PUBLIC -> "it is a public key, and a private one is needed";
            default -> "it holds something else than a \"" + wanted + "\"";
        };
    }

    private PemObject pem(String text) {
        try (PemReader reader = new PemReader(new StringReader(text))) {
            return reader.readPemObject();
        } catch (IOException | RuntimeException e) {
            // the library answers what isn't base64 with an unchecked exception
            throw unusable("its PEM is damaged").withCause(e);
        }
    }

    /** @throws Failure KEY_EXPOSED */
    void requirePrivate() {
        new SecretFile(path, "private key").requirePrivate();
    }

    static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 15 on has Ed25519 (JEP 339)", e);
        }
    }

    Failure notOfTheAlgorithm(Exception cause) {
        return unusable("it is not a key of " + ALGORITHM).withCause(cause);
    }

    private Failure unusable(String why) {
        return file().unusable(why);
    }

    private SecretFile file() {
        return new SecretFile(path, "key");
    }
}
