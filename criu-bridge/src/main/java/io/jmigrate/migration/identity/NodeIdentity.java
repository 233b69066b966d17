package io.jmigrate.migration.identity;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/**
 * A node's key and certificate, in {@code ROOT/node}, readable by their owner alone.
 *
 * @param keyFile PKCS #8 in PEM
 * @param certificateFile X.509 in PEM, self-signed
 * @param name the node's name, for people
 * @param fingerprint names the certificate
 */
public record NodeIdentity(Path keyFile, Path certificateFile, String name, Fingerprint fingerprint) {
    public static final String DIRECTORY = "node";
    static final String KEY = "key.pem";
    static final String CERTIFICATE = "cert.pem";

    /** @throws Failure NO_IDENTITY if the node has none */
    public static NodeIdentity load(Path root) {
        Path directory = root.resolve(DIRECTORY);
        Path key = directory.resolve(KEY);
        Path file = directory.resolve(CERTIFICATE);
        if (!Files.exists(key) || !Files.exists(file)) {
            throw Failure.of(MigrationCode.NO_IDENTITY, "this node has no key and certificate in " + directory);
        }
        try (InputStream in = Files.newInputStream(file)) {
            X509Certificate certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            String name = certificate.getSubjectX500Principal().getName().replaceFirst("^CN=", "");
            return new NodeIdentity(key, file, name, Fingerprint.of(certificate));
        } catch (IOException | CertificateException e) {
            throw Failure.of(MigrationCode.NO_IDENTITY, "cannot read the certificate " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /**
     * Makes a key and a certificate for a node that has none.
     *
     * @param name for people: letters, digits, dots, hyphens
     * @throws Failure IDENTITY_EXISTS, INVALID_NAME, IO if it can't be written
     */
    public static NodeIdentity init(Path root, String name) {
        Path directory = root.resolve(DIRECTORY);
        if (Files.exists(directory.resolve(KEY))) {
            throw Failure.of(MigrationCode.IDENTITY_EXISTS, "this node has a key already in " + directory);
        }
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}")) {
            throw Failure.of(
                    MigrationCode.INVALID_NAME, "a node's name has letters, digits, dots and hyphens: " + name);
        }
        SelfSigned.generate(name).write(directory);
        return load(root);
    }
}
