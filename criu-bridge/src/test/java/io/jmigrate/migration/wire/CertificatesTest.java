package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node and callers with certificates of all kinds; real sockets and TLS on loopback. */
class CertificatesTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path here;

    @TempDir
    private Path there;

    private final BlockingQueue<Role> sessions = new LinkedBlockingQueue<>();
    private final BlockingQueue<Failure> refusals = new LinkedBlockingQueue<>();
    private NodeIdentity node;
    private Wire listening;
    private PeerAddress address;

    @BeforeEach
    void listen() {
        node = NodeIdentity.init(here, "node");
        listening = Wire.open(new WireSecurity.Certificates(node, TrustedPeers.of(here)));
        address = listening.listen(new PeerAddress("127.0.0.1", 0), new RecordingDoor(), connection -> {
            sessions.add(connection.role());
            connection.control().receive(Patience.LIMIT);
        });
    }

    @AfterEach
    void close() {
        listening.close();
    }

    private final class RecordingDoor implements Door {
        @Override
        public Optional<Pass> enter(String host) {
            return Door.OPEN.enter(host);
        }

        @Override
        public void refused(String peer, Optional<Fingerprint> certificate, Failure why) {
            refusals.add(why);
        }
    }

    /** What a certificate says. @param issuer who has signed it; absent: its own key */
    private record Kind(Instant from, Instant to, Optional<KeyPair> issuer, Optional<KeyPurposeId> purpose) {
        static Kind valid() {
            Instant now = Instant.now();
            return new Kind(now.minus(DAY), now.plus(DAY), Optional.empty(), Optional.empty());
        }
    }

    private static KeyPair key() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /** Makes the identity of the caller. */
    private NodeIdentity caller(Kind kind) throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPair own = key();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Name("CN=" + kind.issuer().map(_ -> "authority").orElse("caller")),
                BigInteger.ONE,
                Date.from(kind.from()),
                Date.from(kind.to()),
                new X500Name("CN=caller"),
                own.getPublic());
        if (kind.purpose().isPresent()) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    true,
                    new ExtendedKeyUsage(kind.purpose().get()));
        }
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .build(kind.issuer().orElse(own).getPrivate())));
        Path directory = Files.createDirectories(there.resolve(NodeIdentity.DIRECTORY));
        Files.writeString(
                directory.resolve("key.pem"),
                pem("PRIVATE KEY", own.getPrivate().getEncoded()));
        Files.writeString(directory.resolve("cert.pem"), pem("CERTIFICATE", certificate.getEncoded()));
        return NodeIdentity.load(there);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private Wire calling(NodeIdentity caller) {
        TrustedPeers peers = TrustedPeers.of(there);
        peers.add("node", node.fingerprint(), PeerRight.ALL);
        return Wire.open(new WireSecurity.Certificates(caller, peers));
    }

    private void isLetIn(NodeIdentity caller) throws InterruptedException {
        try (Wire wire = calling(caller);
                Connection _ = wire.connect(address, Role.CONTROL)) {
            assertThat(sessions.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(Role.CONTROL);
        }
    }

    private void isRefused(NodeIdentity caller, MigrationCode code, String why) throws InterruptedException {
        try (Wire wire = calling(caller)) {
            assertThatThrownBy(() -> {
                        try (Connection connection = wire.connect(address, Role.CONTROL)) {
                            connection.control().receive(Patience.LIMIT);
                            connection.control().receive(Patience.LIMIT); // after what it is told, the end
                        }
                    })
                    .isInstanceOf(Failure.class);
        }
        Failure failure = refusals.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertThat(failure).hasMessageContaining(why);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(sessions).isEmpty();
    }

    private void trust(NodeIdentity caller) {
        TrustedPeers.of(here).add("caller", caller.fingerprint(), PeerRight.ALL);
    }

    @Test
    void letInAPairedPeer() throws Exception {
        NodeIdentity caller = caller(Kind.valid());
        trust(caller);
        isLetIn(caller);
    }

    @Test
    void refuseAPeerWhoseCertificateHasExpiredThoughItIsPaired() throws Exception {
        Instant now = Instant.now();
        NodeIdentity caller =
                caller(new Kind(now.minus(DAY), now.minusSeconds(60), Optional.empty(), Optional.empty()));
        trust(caller);
        isRefused(caller, MigrationCode.PEER_UNTRUSTED, "not valid: NotAfter");
    }

    @Test
    void sendNothingToANodeWhoseCertificateHasExpiredThoughItIsPaired() throws Exception {
        Instant now = Instant.now();
        NodeIdentity expired =
                caller(new Kind(now.minus(DAY), now.minusSeconds(60), Optional.empty(), Optional.empty()));
        trust(expired);
        try (Wire old = Wire.open(new WireSecurity.Certificates(expired, TrustedPeers.of(there)));
                Wire calling = Wire.open(new WireSecurity.Certificates(node, TrustedPeers.of(here)))) {
            PeerAddress oldNode = old.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, _ -> {});
            assertThatThrownBy(() -> calling.connect(oldNode, Role.CONTROL))
                    .hasMessageContaining("not valid: NotAfter")
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .isEqualTo(MigrationCode.PEER_UNTRUSTED));
        }
    }

    @Test
    void refuseAPeerWhoseCertificateIsNotValidYet() throws Exception {
        Instant now = Instant.now();
        NodeIdentity caller =
                caller(new Kind(now.plus(DAY), now.plus(DAY).plus(DAY), Optional.empty(), Optional.empty()));
        trust(caller);
        isRefused(caller, MigrationCode.PEER_UNTRUSTED, "not valid: NotBefore");
    }

    @Test
    void refuseACertificateThatTheNodesOwnNameHasSigned() throws Exception {
        Instant now = Instant.now();
        NodeIdentity caller = caller(new Kind(now.minus(DAY), now.plus(DAY), Optional.of(key()), Optional.empty()));
        isRefused(caller, MigrationCode.PEER_UNTRUSTED, "is not paired with this node");
    }

    /** The name of a peer is no proof: its certificate is. */
    @Test
    void refuseAnotherCertificateOfAPairedPeersName() throws Exception {
        trust(caller(Kind.valid()));
        NodeIdentity other = caller(Kind.valid());
        isRefused(other, MigrationCode.PEER_UNTRUSTED, "its fingerprint is " + other.fingerprint());
    }

    @Test
    void refuseACertificateThatIsForServersAlone() throws Exception {
        Instant now = Instant.now();
        NodeIdentity caller = caller(
                new Kind(now.minus(DAY), now.plus(DAY), Optional.empty(), Optional.of(KeyPurposeId.id_kp_serverAuth)));
        trust(caller);
        isRefused(caller, MigrationCode.PEER_UNTRUSTED, "not for clients");
    }

    @Test
    void refuseAPeerThatMayOnlyReceive() throws Exception {
        NodeIdentity caller = caller(Kind.valid());
        TrustedPeers.of(here).add("caller", caller.fingerprint(), Set.of(PeerRight.RECEIVE));
        isRefused(caller, MigrationCode.PEER_RIGHTS, "takes no containers of caller");
    }

    @Test
    void letAPeerAskWhatBecameOfItsMigrationWhateverItMaySend() throws Exception {
        NodeIdentity caller = caller(Kind.valid());
        TrustedPeers.of(here).add("caller", caller.fingerprint(), Set.of(PeerRight.RECEIVE));
        try (Wire wire = calling(caller);
                Connection _ = wire.connect(address, Role.RECOVER)) {
            assertThat(sessions.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isEqualTo(Role.RECOVER);
        }
    }

    @Test
    void sendNothingToAPeerThatMayOnlySend() throws Exception {
        NodeIdentity caller = caller(Kind.valid());
        trust(caller);
        TrustedPeers.of(there).add("node", node.fingerprint(), Set.of(PeerRight.SEND));
        try (Wire wire = Wire.open(new WireSecurity.Certificates(caller, TrustedPeers.of(there)))) {
            assertThatThrownBy(() -> wire.connect(address, Role.CONTROL))
                    .hasMessageContaining("this node sends no containers to node")
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.code()).isEqualTo(MigrationCode.PEER_RIGHTS));
        }
    }

    @Test
    void speakNoOlderTls() throws Exception {
        assertThatThrownBy(() -> handshake("TLSv1.2")).isInstanceOf(SSLException.class);
        assertThat(refusals.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasMessageContaining("no handshake of TLS");
        assertThat(sessions).isEmpty();
    }

    /** TLS 1.3 tells a client only when it reads that its certificate was missed. */
    @Test
    void speakToNobodyWithoutACertificate() throws Exception {
        assertThatThrownBy(() -> handshake("TLSv1.3")).isInstanceOf(SSLException.class);
        assertThat(refusals.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .hasMessageContaining("no handshake of TLS");
        assertThat(sessions).isEmpty();
    }

    private void handshake(String version) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new AnyCertificate()}, null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(address.host(), address.port())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
            socket.getOutputStream().write(Greeting.of(Role.CONTROL).encode());
            InputStream in = socket.getInputStream();
            assertThat(in.read()).as("what a node says to a stranger").isEqualTo(-1);
        }
    }
}
