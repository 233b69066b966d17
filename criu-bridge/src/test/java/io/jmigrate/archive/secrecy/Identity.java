package io.jmigrate.archive.secrecy;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;

/**
 * A new identity in a file, as age-keygen writes it.
 *
 * @param file holds it
 * @param publicKey its recipient
 */
public record Identity(Path file, String publicKey) {
    public static Identity in(Path directory, String name) throws IOException {
        KeyPair pair = generate();
        String publicKey = text(pair.getPublic().getEncoded());
        Path file = secret(
                directory.resolve(name),
                "# created: 2026-01-02T03:04:05Z\n# public key: " + publicKey + "\n"
                        + text(pair.getPrivate().getEncoded()) + "\n");
        return new Identity(file, publicKey);
    }

    private static KeyPair generate() {
        try {
            return new X25519KeyPairGenerator().generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(byte[] encoded) {
        return new String(encoded, StandardCharsets.US_ASCII);
    }

    /** A file that only its owner can read. */
    public static Path secret(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    public Recipient recipient() {
        return Recipient.of(publicKey);
    }

    public Decryption decryption() {
        return Decryption.withIdentities(file);
    }
}
