package io.jmigrate.migration.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.PeerRight;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.Door;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairingTest {
    private static final Duration LIMIT = Patience.LIMIT;

    @TempDir
    private Path a;

    @TempDir
    private Path b;

    private NodeIdentity identityA;
    private Wire listening;
    private PeerAddress address;

    @BeforeEach
    void listen() {
        identityA = NodeIdentity.init(a, "node-a");
        listening = Wire.open(new WireSecurity.Certificates(NodeIdentity.init(b, "node-b"), TrustedPeers.of(b)));
        address = listening.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, this::serve);
    }

    private void serve(Connection connection) {
        if (connection.role() == Role.PAIR) {
            Pairing.answer(b, connection, _ -> {});
        } else {
            connection.control().send(connection.control().receive(LIMIT));
        }
    }

    @AfterEach
    void close() {
        listening.close();
    }

    private Wire wireOfA() {
        return Wire.open(new WireSecurity.Certificates(identityA, TrustedPeers.of(a)));
    }

    private static void hasCode(Throwable thrown, MigrationCode code) {
        assertThat(((Failure) thrown).code()).isEqualTo(code);
    }

    @Test
    void makesTwoNodesTrustEachOther() {
        String code = PairingCode.issue(b, PeerRight.ALL).code();
        assertThat(Pairing.with(a, address, code.toLowerCase(java.util.Locale.ROOT), PeerRight.ALL)
                        .name())
                .isEqualTo("node-b");
        try (Wire wire = wireOfA();
                Connection connection = wire.connect(address, Role.CONTROL)) {
            Control control = connection.control();
            control.send(new ControlMessage.Held(4711, 7));
            assertThat(control.receive(LIMIT)).isEqualTo(new ControlMessage.Held(4711, 7));
        }
        assertThatThrownBy(() -> Pairing.with(a, address, code, PeerRight.ALL))
                .hasMessageContaining("wrong, expired or used up");
    }

    @Test
    void waitsForAServiceThatIsAboutToListen() throws IOException {
        String code = PairingCode.issue(b, PeerRight.ALL).code();
        PeerAddress later = new PeerAddress("127.0.0.1", freePort());
        CompletableFuture<PeerAddress> listening = CompletableFuture.supplyAsync(
                () -> this.listening.listen(later, Door.OPEN, this::serve),
                CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS));
        assertThat(Pairing.with(a, later, code, PeerRight.ALL).name()).isEqualTo("node-b");
        listening.join();
    }

    @Test
    void givesUpWhereNobodyListens() throws IOException {
        PeerAddress nobody = new PeerAddress("127.0.0.1", freePort());
        assertThatThrownBy(() -> Pairing.with(a, nobody, "AAAA-AAAA-AAAA-AAAA", PeerRight.ALL))
                .satisfies(e -> hasCode(e, MigrationCode.PEER_UNREACHABLE));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void forgivesThreeWrongCodesAndNoMore() {
        String code = PairingCode.issue(b, PeerRight.ALL).code();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Pairing.with(a, address, "AAAA-AAAA-AAAA-AAAA", PeerRight.ALL))
                    .satisfies(e -> hasCode(e, MigrationCode.PAIRING));
        }
        assertThatThrownBy(() -> Pairing.with(a, address, code, PeerRight.ALL))
                .satisfies(e -> hasCode(e, MigrationCode.PAIRING));
        assertThat(TrustedPeers.of(b).list()).isEmpty();
    }

    @Test
    void refusesAPeerThatItWasNotPairedWithAndNamesItsFingerprint() {
        try (Wire wire = wireOfA()) {
            assertThatThrownBy(() -> wire.connect(address, Role.CONTROL)).satisfies(e -> {
                hasCode(e, MigrationCode.PEER_UNTRUSTED);
                assertThat(e)
                        .hasMessageContaining(NodeIdentity.load(b).fingerprint().value());
            });
        }
    }

    @Test
    void tellsACallerWhoseCertificateIsUnknown() {
        TrustedPeers.of(a).add("node-b", NodeIdentity.load(b).fingerprint(), PeerRight.ALL);
        try (Wire wire = wireOfA();
                Connection connection = wire.connect(address, Role.CONTROL)) {
            assertThatThrownBy(() -> connection.control().await(ControlMessage.Held.class, LIMIT))
                    .satisfies(e -> hasCode(e, MigrationCode.PEER_UNTRUSTED))
                    .hasMessageContaining(identityA.fingerprint().value());
        }
    }

    @Test
    void takesNoCodeThatHasExpired() throws IOException {
        PairingCode code = PairingCode.issue(b, PeerRight.ALL);
        Path file = b.resolve(NodeIdentity.DIRECTORY).resolve("pairing.json");
        Files.writeString(file, Files.readString(file).replace(code.expiresAt(), "2001-02-03T04:05:06Z"));
        assertThatThrownBy(() -> Pairing.with(a, address, code.code(), PeerRight.ALL))
                .satisfies(e -> hasCode(e, MigrationCode.PAIRING))
                .hasMessageContaining("the code is wrong, expired or used up");
        assertThat(TrustedPeers.of(b).list()).isEmpty();
    }

    @Test
    void doesNotTalkToAPeerAnyMoreThatWasTakenOffItsList() throws IOException {
        Pairing.with(a, address, PairingCode.issue(b, PeerRight.ALL).code(), PeerRight.ALL);
        Files.delete(b.resolve(NodeIdentity.DIRECTORY).resolve("peers.json"));
        try (Wire wire = wireOfA();
                Connection connection = wire.connect(address, Role.CONTROL)) {
            assertThatThrownBy(() -> connection.control().await(ControlMessage.Held.class, LIMIT))
                    .satisfies(e -> hasCode(e, MigrationCode.PEER_UNTRUSTED))
                    .hasMessageContaining(identityA.fingerprint().value());
        }
    }

    @Test
    void doesNotTalkInPlaintextToANodeThatWantsCertificates() {
        try (Wire wire = Wire.open(new WireSecurity.Plaintext())) {
            assertThatThrownBy(() -> wire.connect(address, Role.CONTROL)).isInstanceOf(Failure.class);
        }
    }

    @Test
    void keepsItsKeyToItself() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(identityA.keyFile())))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> NodeIdentity.init(a, "again")).hasMessageContaining("has a key already");
    }
}
