package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Who a peer is, by the certificate that it shows, and whether it is one of those that this node is paired with. */
record PeerTrust(WireSecurity security) {
    /** Only sure to be there on the event loop, as the handshake ends: a peer that hangs up at once takes it along. */
    static List<Certificate> chainOf(NetSocket socket) {
        try {
            return Objects.requireNonNullElse(socket.peerCertificates(), List.of());
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // it has shown none; the caller decides whether that will do
        }
    }

    /** The peer's own; empty if it has shown none. @throws Failure PEER_UNTRUSTED if it is not valid now */
    Optional<Fingerprint> certificate(List<Certificate> chain) {
        if (security instanceof WireSecurity.Plaintext || chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate own = (X509Certificate) chain.getFirst();
            own.checkValidity();
            return Optional.of(Fingerprint.of(own));
        } catch (CertificateException e) {
            throw Failure.of(MigrationCode.PEER_UNTRUSTED, "the peer's certificate is not valid: " + e.getMessage())
                    .withCause(e);
        }
    }

    /** @param peer its address, for the message @throws Failure PEER_UNTRUSTED unless this node is paired with it */
    void require(Optional<Fingerprint> certificate, String peer) {
        if (security instanceof WireSecurity.Certificates certificates) {
            Fingerprint fingerprint = certificate.orElseThrow(
                    () -> Failure.of(MigrationCode.PEER_UNTRUSTED, "the peer " + peer + " shows no certificate"));
            if (!certificates.peers().trusts(fingerprint)) {
                throw Failure.of(
                        MigrationCode.PEER_UNTRUSTED,
                        "the peer " + peer + " is not paired with this node, its fingerprint is " + fingerprint);
            }
        }
    }
}
