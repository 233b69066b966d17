package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.identity.Fingerprint;
import io.jmigrate.migration.plan.PeerAddress;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Makes and takes connections. Owns its event loops; closing it closes every connection. */
public final class Wire implements AutoCloseable {
    /** A peer that says or takes nothing for so long is as good as gone. */
    private static final Duration LIMIT = Duration.ofSeconds(30);
    /** One of whom it is not known who it is keeps others out: it has less time to say so. */
    private static final Duration STRANGER_LIMIT = Duration.ofSeconds(10);
    /** What a peer has not taken by then is lost with its connection. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);
    /** For this machine's own part in a connection, whatever else it does: to load what encrypts, to start threads. */
    private static final Duration OWN_PART = Duration.ofSeconds(30);

    private static final int LOOPS_MIN = 2;
    private static final int LOOPS_MAX = 8;

    private final Vertx vertx;
    private final WireSecurity security;
    private final PeerTrust trust;
    private final Duration limit;
    /** Longer than all steps of a connection together, each of which has an end of its own and says more about it. */
    private final Duration connectingMax;

    private final NetClient client;
    private final CompletableFuture<Void> interrupted = new CompletableFuture<>();

    private Wire(Vertx vertx, WireSecurity security, Duration untilListening, Duration limit) {
        this.vertx = vertx;
        this.security = security;
        this.trust = new PeerTrust(security);
        this.limit = limit;
        this.connectingMax = TransportOptions.CONNECT_LIMIT
                .plus(untilListening)
                .plus(limit.multipliedBy(2)) // for TLS, and for the greeting
                .plus(OWN_PART);
        this.client = vertx.createNetClient(TransportOptions.client(security, untilListening, limit));
    }

    public static Wire open(WireSecurity security) {
        return open(security, Duration.ZERO);
    }

    /** @param untilListening how long to try again where a connection is refused, as by a service that is about to listen */
    public static Wire open(WireSecurity security, Duration untilListening) {
        return open(security, untilListening, LIMIT);
    }

    /** @param limit how long a peer may take to answer a call, to greet, or take nothing of what is sent to it */
    public static Wire open(WireSecurity security, Duration untilListening, Duration limit) {
        VertxOptions options = new VertxOptions()
                .setEventLoopPoolSize(loops())
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1);
        options.getFileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
        return new Wire(Vertx.vertx(options), security, untilListening, limit);
    }

    /** Each connection has one of them, which encrypts or decrypts for it; those that nobody uses have no thread. */
    private static int loops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors(), LOOPS_MIN, LOOPS_MAX);
    }

    /**
     * Connects and greets.
     *
     * @throws Failure PEER_UNREACHABLE, PEER_NOT_JMIGRATE, or PEER_UNTRUSTED with the peer's fingerprint
     */
    public Connection connect(PeerAddress address, Role role) {
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        // on the socket's own event loop: what arrived before there is a channel would be lost
        vertx.getOrCreateContext().runOnContext(_ -> client.connect(address.port(), address.host())
                .onSuccess(socket -> opened(connected, socket, address, role))
                .onFailure(e -> connected.completeExceptionally(refused(address, e))));
        return await(connected, address);
    }

    private void opened(CompletableFuture<Connection> connected, NetSocket socket, PeerAddress address, Role role) {
        VertxChannel channel = new VertxChannel(socket, address.toString(), limit);
        interrupted.whenComplete((_, why) -> channel.interrupt((Failure) why));
        List<Certificate> chain = PeerTrust.chainOf(socket);
        channel.greet(Greeting.of(role));
        Thread.ofVirtual().start(() -> finish(connected, channel, role, chain));
    }

    private void finish(
            CompletableFuture<Connection> connected, VertxChannel channel, Role role, List<Certificate> chain) {
        try {
            Optional<Fingerprint> certificate = trust.certificate(chain, CertificateUse.End.SERVER);
            if (role != Role.PAIR) {
                trust.require(certificate, channel.peer());
                trust.requireCalled(role, certificate);
            }
            if (channel.awaitGreeting(limit).role() != role) {
                throw Protocol.broken("an answer for another role");
            }
            if (!connected.complete(new Connection(channel, role, certificate))) {
                channel.close(); // nobody waits for it any more
            }
        } catch (RuntimeException e) {
            channel.close();
            connected.completeExceptionally(e);
        }
    }

    private static Failure refused(PeerAddress address, Throwable cause) {
        if (cause instanceof SSLException) {
            return Failure.of(
                            MigrationCode.PEER_NOT_JMIGRATE,
                            "the peer " + address + " does not speak TLS as a jmigrate node does")
                    .withDetails(List.of(String.valueOf(cause.getMessage())))
                    .withCause(cause);
        }
        return Failure.of(MigrationCode.PEER_UNREACHABLE, "cannot connect to " + address + ": " + reason(cause))
                .withCause(cause);
    }

    /** Netty puts the address behind a slash at the end, which stands in the sentence already. */
    private static String reason(Throwable cause) {
        String message = cause instanceof Exception e ? IoReason.of(e) : String.valueOf(cause.getMessage());
        int address = message.indexOf(": /");
        return address < 0 ? message : message.substring(0, address);
    }

    private <T> T await(CompletableFuture<T> future, PeerAddress address) {
        interrupted.whenComplete((_, why) -> future.completeExceptionally(why));
        try {
            return future.get(connectingMax.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Failure failure
                    ? failure
                    : Failure.of(MigrationCode.PEER_UNREACHABLE, "cannot use " + address + ": " + e.getCause())
                            .withCause(e.getCause());
        } catch (TimeoutException e) {
            throw Failure.of(MigrationCode.PEER_UNREACHABLE, "no connection to " + address + " in time")
                    .withCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of(MigrationCode.CANCELLED, "interrupted while connecting to " + address)
                    .withCause(e);
        }
    }

    /**
     * Listens until it is closed.
     *
     * @param door is asked about everybody
     * @param arrived gets each connection whose peer is trusted, on a thread of its own that may block; it closes the connection
     * @return the address it really listens on
     */
    public PeerAddress listen(PeerAddress address, Door door, Consumer<Connection> arrived) {
        NetServer server = vertx.createNetServer(TransportOptions.server());
        Optional<ServerTls> tls = security instanceof WireSecurity.Certificates certificates
                ? Optional.of(ServerTls.of(certificates, strangers()))
                : Optional.empty();
        Arriving arriving = new Arriving(tls, trust, door, strangers(), arrived);
        server.connectHandler(arriving::connected);
        CompletableFuture<NetServer> listening = new CompletableFuture<>();
        server.listen(address.port(), address.host())
                .onSuccess(listening::complete)
                .onFailure(e -> listening.completeExceptionally(
                        Failure.of(MigrationCode.CANNOT_LISTEN, "cannot listen on " + address + ": " + reason(e))
                                .withCause(e)));
        return new PeerAddress(address.host(), await(listening, address).actualPort());
    }

    private Duration strangers() {
        return limit.compareTo(STRANGER_LIMIT) < 0 ? limit : STRANGER_LIMIT;
    }

    /** From now on whoever waits for a peer, to connect, to hear or to be heard, gets this failure instead. Does not wait itself. */
    public void interrupt(Failure why) {
        interrupted.completeExceptionally(why);
    }

    @Override
    public void close() {
        CompletableFuture<Void> closed = vertx.close().toCompletionStage().toCompletableFuture();
        closed.completeOnTimeout(null, CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS)
                .join();
    }
}
