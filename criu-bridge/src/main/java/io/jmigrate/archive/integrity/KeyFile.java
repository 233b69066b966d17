package io.jmigrate.archive.integrity;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.EnumSet;
import java.util.Set;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** A file with one key in PEM (RFC 7468), as openssl writes it. */
record KeyFile(Path path) {
    static final String ALGORITHM = "Ed25519";
    static final String PRIVATE = "PRIVATE KEY";
    static final String PUBLIC = "PUBLIC KEY";

    /** Far more than a key has: the name may be that of any file. */
    private static final int BYTES_MAX = 64 << 10;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    /**
     * The key in DER.
     *
     * @param label {@link #PRIVATE} or {@link #PUBLIC}
     * @throws Failure KEY_UNUSABLE
     */
    byte[] der(String label) {
        PemObject pem = pem(text());
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

    /** Only from a plain file: a fifo would hold up whoever reads it. */
    private String text() {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw unusable("it is not a file");
            }
            if (Files.size(path) > BYTES_MAX) {
                throw unusable("it has more than " + BYTES_MAX + " bytes");
            }
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw unusable("it can't be read: " + IoReason.of(e)).withCause(e);
        }
    }

    /** @throws Failure KEY_EXPOSED, as ssh does (sshkey_perm_ok in authfile.c): a key that others know signs nothing */
    void requirePrivate() {
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (!OWNERS.containsAll(permissions)) {
                throw Failure.of(
                        KeyCode.KEY_EXPOSED,
                        "private key " + path + " is open to others: its permissions are "
                                + PosixFilePermissions.toString(permissions));
            }
        } catch (IOException e) {
            throw unusable("it can't be read: " + IoReason.of(e)).withCause(e);
        }
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
        return Failure.of(KeyCode.KEY_UNUSABLE, "key " + path + " can't be used: " + why);
    }
}
