package io.jmigrate.archive.integrity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;

/** A new pair of keys in two files, as openssl writes them. */
public record PairOfKeys(Path secret, Path open) {
    public static PairOfKeys in(Path directory, String name) throws IOException {
        return in(directory, name, "Ed25519");
    }

    static PairOfKeys in(Path directory, String name, String algorithm) throws IOException {
        KeyPair pair = generate(algorithm);
        Path secret = directory.resolve(name + ".secret.pem");
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, pem("PRIVATE KEY", pair.getPrivate()));
        Path open = Files.writeString(directory.resolve(name + ".pem"), pem("PUBLIC KEY", pair.getPublic()));
        return new PairOfKeys(secret, open);
    }

    private static KeyPair generate(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String pem(String label, Key key) {
        return pem(label, key.getEncoded());
    }

    static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    public SigningKey signing() {
        return SigningKey.read(secret);
    }

    public TrustedKey trusted() {
        return TrustedKey.read(open);
    }
}
