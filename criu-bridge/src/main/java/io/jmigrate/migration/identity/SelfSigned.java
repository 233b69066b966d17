package io.jmigrate.migration.identity;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.failure.RuntimeCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A fresh ECDSA key on P-256 and its certificate, both in PEM. */
record SelfSigned(String key, String certificate) {
    private static final Duration VALID = Duration.ofDays(3650);
    /** Clocks of two nodes may differ. */
    private static final Duration EARLIER = Duration.ofDays(1);

    private static final int SERIAL_BITS = 120;

    static SelfSigned generate(String name) {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            X500Name subject = new X500Name("CN=" + name);
            Instant now = Instant.now();
            X509CertificateHolder certificate = new JcaX509v3CertificateBuilder(
                            subject,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                            Date.from(now.minus(EARLIER)),
                            Date.from(now.plus(VALID)),
                            subject,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            return new SelfSigned(
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()), pem("CERTIFICATE", certificate.getEncoded()));
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw Failure.of(MigrationCode.NO_IDENTITY, "cannot make a key and a certificate")
                    .withCause(e);
        }
    }

    private static String pem(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** The certificate last: whoever finds it finds the key too. */
    void write(Path directory) {
        try {
            PrivateFile.makeDirectory(directory);
            PrivateFile.write(directory.resolve(NodeIdentity.KEY), key);
            PrivateFile.write(directory.resolve(NodeIdentity.CERTIFICATE), certificate);
        } catch (IOException e) {
            throw Failure.of(RuntimeCode.IO, "cannot write the key to " + directory + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }
}
