package io.jmigrate.migration.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source whose HOST:PORT leads to something else than a node that knows it; real sockets on loopback. */
class CallingAnyServerTest {
    private static final Duration LONG = Patience.LIMIT;
    /** Long enough for the greeting of a server on a busy machine. */
    private static final Duration STALL = Duration.ofSeconds(10);
    /** Of a server that says nothing however long one waits. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private static final byte[] HTTP =
            "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path root;

    private WireSecurity certificates;

    @BeforeEach
    void makeIdentity() {
        certificates = new WireSecurity.Certificates(NodeIdentity.init(root, "source"), TrustedPeers.of(root));
    }

    private static void fails(
            WireSecurity security, Duration limit, PeerAddress address, MigrationCode code, String message) {
        try (Wire wire = Wire.open(security, Duration.ZERO, limit)) {
            assertThatThrownBy(() -> wire.connect(address, Role.CONTROL))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .as("%s", failure)
                            .isEqualTo(code))
                    .hasMessageContaining(message);
        }
    }

    private static void answersAsHttp(Socket socket) throws IOException {
        socket.getInputStream().read();
        socket.getOutputStream().write(HTTP);
    }

    @Test
    void noticesThatAnHttpServerIsNoNode() throws IOException {
        try (AnyServer server = new AnyServer(CallingAnyServerTest::answersAsHttp)) {
            fails(
                    new WireSecurity.Plaintext(),
                    LONG,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer is not a jmigrate node");
            fails(
                    certificates,
                    LONG,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer " + server.address() + " does not speak TLS as a jmigrate node does");
        }
    }

    @Test
    void leavesAServerThatSaysNothing() throws IOException {
        try (AnyServer server = new AnyServer(socket -> {})) {
            fails(
                    new WireSecurity.Plaintext(),
                    SILENCE,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    server.address() + " does not answer like a jmigrate node");
            fails(
                    certificates,
                    SILENCE,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer " + server.address() + " does not speak TLS as a jmigrate node does");
        }
    }

    @Test
    void namesAServerThatHangsUp() throws IOException {
        try (AnyServer server = new AnyServer(Socket::close)) {
            fails(
                    new WireSecurity.Plaintext(),
                    LONG,
                    server.address(),
                    MigrationCode.PEER_UNREACHABLE,
                    server.address().toString());
            fails(
                    certificates,
                    LONG,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer " + server.address() + " does not speak TLS as a jmigrate node does");
        }
    }

    @Test
    void namesAnAddressWhereNobodyListens() throws IOException {
        PeerAddress address;
        try (AnyServer server = new AnyServer(socket -> {})) {
            address = server.address();
        }
        fails(certificates, LONG, address, MigrationCode.PEER_UNREACHABLE, "cannot connect to " + address);
    }

    @Test
    void namesTheVersionsOfANodeOfAnotherTime() throws IOException {
        byte[] greeting = new Greeting(999, Role.CONTROL).encode();
        try (AnyServer server = new AnyServer(socket -> socket.getOutputStream().write(greeting))) {
            fails(
                    new WireSecurity.Plaintext(),
                    LONG,
                    server.address(),
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "the peer speaks version 999 of the migration protocol, this node version " + Greeting.VERSION);
        }
    }

    @Test
    void noticesThatTheOtherEndUsesNoEncryption() {
        try (Wire node = Wire.open(new WireSecurity.Plaintext())) {
            PeerAddress address = node.listen(new PeerAddress("127.0.0.1", 0), Door.OPEN, connection -> {});
            fails(
                    certificates,
                    LONG,
                    address,
                    MigrationCode.PEER_NOT_JMIGRATE,
                    "does not speak TLS as a jmigrate node does");
        }
    }

    /** What it sends is bounded by what the peer's kernel takes and by the queue for the socket. */
    @Test
    void stopsSendingToANodeThatReadsNothing() throws IOException {
        byte[] greeting = Greeting.of(Role.DATA).encode();
        try (AnyServer server = new AnyServer(socket -> socket.getOutputStream().write(greeting));
                Wire wire = Wire.open(new WireSecurity.Plaintext(), Duration.ZERO, STALL);
                Data data = wire.connect(server.address(), Role.DATA).data()) {
            DataMessage megabyte = new DataMessage.ImageData(new byte[Frame.PAYLOAD_BYTES_MAX]);
            int[] sent = new int[1];
            assertThatThrownBy(() -> {
                        while (sent[0] < 1000) {
                            data.send(megabyte);
                            sent[0]++;
                        }
                    })
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code())
                            .isEqualTo(MigrationCode.PEER_UNREACHABLE))
                    .hasMessage("the peer " + server.address() + " takes no data");
            assertThat(sent[0]).isLessThan(100);
        }
    }

    @Test
    void canBeInterruptedWhereverItWaits() throws IOException {
        Failure why = Failure.of(MigrationCode.CANCELLED, "it was cancelled");
        byte[] greeting = Greeting.of(Role.CONTROL).encode();
        try (AnyServer silent = new AnyServer(socket -> {});
                AnyServer node =
                        new AnyServer(socket -> socket.getOutputStream().write(greeting));
                Wire wire = Wire.open(new WireSecurity.Plaintext(), Duration.ZERO, LONG)) {
            Control control = wire.connect(node.address(), Role.CONTROL).control();
            Thread.ofVirtual().start(() -> wire.interrupt(why));
            assertThatThrownBy(() -> control.receive(LONG)).hasMessage("it was cancelled");
            control.send(new ControlMessage.Failed("the source gave up", java.util.List.of()));
            assertThatThrownBy(() -> wire.connect(silent.address(), Role.CONTROL))
                    .isEqualTo(why);
        }
    }
}
