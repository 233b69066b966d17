package io.jmigrate.node;

import static io.jmigrate.node.fixture.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.identity.NodeIdentity;
import io.jmigrate.migration.identity.TrustedPeers;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.migration.wire.Connection;
import io.jmigrate.migration.wire.ControlMessage;
import io.jmigrate.migration.wire.DataMessage;
import io.jmigrate.migration.wire.Role;
import io.jmigrate.migration.wire.Wire;
import io.jmigrate.migration.wire.WireSecurity;
import io.jmigrate.node.fixture.Counter;
import io.jmigrate.node.fixture.Node;
import io.jmigrate.node.fixture.Patience;
import io.jmigrate.node.fixture.Stage;
import io.jmigrate.node.fixture.Strangers;
import io.jmigrate.runtime.failure.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node whose port strangers and a peer gone bad lay into, while another one sends it a container. */
class AttackedNodeIT {
    /** More than one address may have at once. */
    private static final int CALLS = 40;
    /** Of the JVM's own, which come and go. */
    private static final int SLACK = 8;

    private Stage stage;
    private Node a;
    private Node b;

    @BeforeEach
    void open() {
        stage = Stage.open();
        a = stage.node("a");
        b = stage.node("b");
        a.run("node", "init").succeeded();
        b.run("node", "init").succeeded();
        b.serve();
        String code = b.run("node", "pair", "--new-code").succeeded().out().strip();
        a.run("node", "pair", "--to", b.address(), "--code", code).succeeded();
    }

    @AfterEach
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void takesInAContainerAllTheSameAndDoesNotGrow() {
        Counter counter = Counter.startedOn(a, Counter.bundle(stage.path("bundle")));
        attack();
        long descriptors = b.service().descriptors();
        long threads = b.service().threads();
        try (Strangers strangers = Strangers.of(b)) {
            strangers.saySilence(CALLS);
            await().untilAsserted(() -> assertThat(strangers.hungUpOn()).isGreaterThanOrEqualTo(CALLS - 16));

            a.run("migrate", counter.id(), "--to", b.address()).succeeded();
        }
        counter.runsOnlyOn(b, a);
        attack();
        attack();

        await().untilAsserted(() -> {
            assertThat(b.service().descriptors()).isLessThanOrEqualTo(descriptors + SLACK);
            assertThat(b.service().threads()).isLessThanOrEqualTo(threads + SLACK);
        });
        assertThat(b.run("node", "audit").succeeded().out())
                .containsPattern("\\(unknown\\) .*connection +refused .*no handshake of TLS")
                .containsPattern(" data +refused .*no migration of this node awaits this connection")
                .containsPattern(" offer +accepted +" + counter.id())
                .containsPattern(" arrival +runs +" + counter.id());
    }

    private void attack() {
        try (Strangers strangers = Strangers.of(b)) {
            strangers.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 4);
            strangers.say(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3}, 4); // a handshake begins
            strangers.saySilence(4);
        }
        PeerAddress address = PeerAddress.parse(b.address());
        WireSecurity own = new WireSecurity.Certificates(NodeIdentity.load(a.root()), TrustedPeers.of(a.root()));
        try (Wire wire = Wire.open(own)) {
            joinNothing(wire, address);
            sendDataForAnOffer(wire, address);
        }
    }

    private static void joinNothing(Wire wire, PeerAddress address) {
        try (Connection connection = wire.connect(address, Role.DATA)) {
            connection.control().send(new ControlMessage.Join(MigrationId.random(), "no secret"));
            assertThat(connection.control().receive(Patience.LIMIT)).isInstanceOf(ControlMessage.Refused.class);
        }
    }

    private static void sendDataForAnOffer(Wire wire, PeerAddress address) {
        try (Connection connection = wire.connect(address, Role.CONTROL)) {
            connection.data().send(new DataMessage.ImageData(new byte[1 << 20]));
            assertThatThrownBy(() -> connection.control().receive(Patience.LIMIT))
                    .isInstanceOf(Failure.class);
        }
    }
}
