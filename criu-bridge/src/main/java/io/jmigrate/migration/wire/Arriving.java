package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.runtime.failure.Failure;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a node does with whoever connects to it, until it knows who that is: first the door is asked, then TLS begins, and only then there is
 * a thread for it.
 *
 * @param tls absent in plaintext
 * @param limit how long somebody may take to become known
 * @param arrived gets each connection whose peer is trusted, on a thread of its own that may block; it closes the connection
 */
record Arriving(Optional<ServerTls> tls, PeerTrust trust, Door door, Duration limit, Consumer<Connection> arrived) {
    /** Called on the socket's event loop, before anything can arrive. */
    void connected(NetSocket socket) {
        String peer = socket.remoteAddress().toString();
        Optional<Door.Pass> pass = door.enter(socket.remoteAddress().hostAddress());
        if (pass.isEmpty()) {
            socket.close();
        } else if (tls.isPresent()) {
            socket.pause(); // what is said behind the handshake waits until somebody hears it
            tls.get()
                    .begin(
                            socket,
                            () -> secured(socket, peer, pass.get()),
                            e -> failed(socket, peer, pass.get(), "no handshake of TLS as a node has it: ", e));
        } else {
            begin(socket, peer, pass.get());
        }
    }

    private void secured(NetSocket socket, String peer, Door.Pass pass) {
        begin(socket, peer, pass);
        socket.resume();
    }

    private void failed(NetSocket socket, String peer, Door.Pass pass, String what, Throwable e) {
        try (pass) {
            socket.close();
            door.refused(
                    peer,
                    Optional.empty(),
                    Failure.of(MigrationCode.PEER_NOT_JMIGRATE, what + e.getMessage())
                            .withCause(e));
        }
    }

    private void begin(NetSocket socket, String peer, Door.Pass pass) {
        VertxChannel channel = new VertxChannel(socket, peer, limit);
        List<Certificate> chain = PeerTrust.chainOf(socket);
        try {
            Thread.ofPlatform().daemon().name("peer " + peer).start(() -> welcome(channel, chain, pass));
        } catch (VirtualMachineError e) { // there are as many threads as there can be
            failed(socket, peer, pass, "no thread is left for it: ", e);
        }
    }

    private void welcome(VertxChannel channel, List<Certificate> chain, Door.Pass pass) {
        Optional<Fingerprint> certificate = Optional.empty();
        try (pass;
                channel) {
            Greeting greeting = channel.awaitGreeting(limit);
            channel.greet(Greeting.of(greeting.role()));
            certificate = identified(chain, channel);
            if (greeting.role() != Role.PAIR) {
                requireTrust(greeting.role(), certificate, channel);
                pass.known();
            }
            arrived.accept(new Connection(channel, greeting.role(), certificate));
        } catch (Failure failure) {
            door.refused(channel.peer(), certificate, failure);
        }
    }

    private Optional<Fingerprint> identified(List<Certificate> chain, VertxChannel channel) {
        try {
            return trust.certificate(chain, CertificateUse.End.CLIENT);
        } catch (Failure failure) {
            refuse(channel, MigrationCode.PEER_UNTRUSTED, "this node shows there, " + failure.getMessage());
            throw failure;
        }
    }

    /** Who is refused is told why, so that a person can mend it. */
    private void requireTrust(Role role, Optional<Fingerprint> certificate, VertxChannel channel) {
        try {
            trust.require(certificate, channel.peer());
        } catch (Failure failure) {
            String reason = "this node's certificate is unknown there, its fingerprint is "
                    + certificate.map(Fingerprint::value).orElse("absent");
            refuse(channel, MigrationCode.PEER_UNTRUSTED, reason);
            throw failure;
        }
        try {
            trust.requireCaller(role, certificate);
        } catch (Failure failure) {
            refuse(channel, MigrationCode.PEER_RIGHTS, String.valueOf(failure.getMessage()));
            throw failure;
        }
    }

    private static void refuse(VertxChannel channel, MigrationCode code, String reason) {
        channel.send(ControlText.encode(new ControlMessage.Refused(code.name(), List.of(reason))));
    }
}
