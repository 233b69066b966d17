package io.jmigrate.migration.wire;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** What a certificate says that its key is for (RFC 5280, 4.2.1.3 and 4.2.1.12); those that a node makes say nothing. */
final class CertificateUse {
    private static final String ANY = "2.5.29.37.0";
    private static final int SIGNATURES = 0;

    /** Of an end of TLS. */
    enum End {
        CLIENT("1.3.6.1.5.5.7.3.2", "clients"),
        SERVER("1.3.6.1.5.5.7.3.1", "servers");

        private final String purpose;
        private final String name;

        End(String purpose, String name) {
            this.purpose = purpose;
            this.name = name;
        }
    }

    private CertificateUse() {}

    /** Why it is not for this end of a connection, as the end of a sentence; empty if it is. */
    static Optional<String> objection(X509Certificate certificate, End end) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[SIGNATURES]) {
            return Optional.of("its key is not for signatures");
        }
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null || purposes.contains(end.purpose) || purposes.contains(ANY)
                    ? Optional.empty()
                    : Optional.of("its key is not for " + end.name);
        } catch (CertificateParsingException e) {
            return Optional.of("it does not say what its key is for: " + e.getMessage());
        }
    }
}
