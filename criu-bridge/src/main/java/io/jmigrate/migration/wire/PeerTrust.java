package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeer;
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

    /**
     * The peer's own; empty if it has shown none.
     *
     * @param end which the peer is of
     * @throws Failure PEER_UNTRUSTED if it is not valid now, or not for that end
     */
    Optional<Fingerprint> certificate(List<Certificate> chain, CertificateUse.End end) {
        if (security instanceof WireSecurity.Plaintext || chain.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509Certificate own = (X509Certificate) chain.getFirst();
            own.checkValidity();
            Optional<String> objection = CertificateUse.objection(own, end);
            if (objection.isPresent()) {
                throw notValid(objection.get());
            }
            return Optional.of(Fingerprint.of(own));
        } catch (CertificateException e) {
            throw notValid(e.getMessage()).withCause(e);
        }
    }

    private static Failure notValid(String why) {
        return Failure.of(MigrationCode.PEER_UNTRUSTED, "the peer's certificate is not valid: " + why);
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

    /** @throws Failure PEER_RIGHTS if this node is not to send containers to the peer that it has called */
    void requireCalled(Role role, Optional<Fingerprint> certificate) {
        requireRight(role, certificate, PeerRight.RECEIVE, "this node sends no containers to ");
    }

    /** @throws Failure PEER_RIGHTS if the peer that has called is not to send containers to this node */
    void requireCaller(Role role, Optional<Fingerprint> certificate) {
        requireRight(role, certificate, PeerRight.SEND, "the node there takes no containers of ");
    }

    private void requireRight(Role role, Optional<Fingerprint> certificate, PeerRight right, String sentence) {
        if (!(security instanceof WireSecurity.Certificates certificates) || !isAboutAContainer(role)) {
            return;
        }
        Optional<TrustedPeer> peer = certificate.flatMap(certificates.peers()::find);
        if (peer.filter(known -> known.may().contains(right)).isEmpty()) {
            throw Failure.of(
                    MigrationCode.PEER_RIGHTS,
                    sentence + peer.map(TrustedPeer::name).orElse("a node that it does not know"));
        }
    }

    /** What became of a migration that was begun may always be asked, and its memory always follow: else it would stay in doubt. */
    private static boolean isAboutAContainer(Role role) {
        return switch (role) {
            case CONTROL, DATA, PROBE -> true;
            case RECOVER, FOLLOW, PAIR -> false;
        };
    }
}
