package io.jmigrate.migration.wire;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.runtime.failure.Failure;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/**
 * The listener's end of TLS 1.3 with certificates on both sides. Not Vert.x's: that begins TLS before anybody is asked whether the caller
 * may come in, and its upgrade of a socket loses what a caller says at once.
 */
final class ServerTls {
    private final SslContext context;
    private final Duration handshake;

    private ServerTls(SslContext context, Duration handshake) {
        this.context = context;
        this.handshake = handshake;
    }

    /** @param handshake how long it may take @throws Failure NO_IDENTITY if the key can't be used */
    static ServerTls of(WireSecurity.Certificates certificates, Duration handshake) {
        try {
            SslContext context = SslContextBuilder.forServer(
                            certificates.identity().certificateFile().toFile(),
                            certificates.identity().keyFile().toFile())
                    .sslProvider(TlsEngine.ofThisMachine().ofServer())
                    .protocols(TransportOptions.PROTOCOL)
                    .clientAuth(ClientAuth.REQUIRE)
                    .trustManager(new AnyCertificate())
                    .build();
            return new ServerTls(context, handshake);
        } catch (SSLException | IllegalArgumentException e) {
            throw Failure.of(MigrationCode.NO_IDENTITY, "cannot use this node's key and certificate: " + e.getMessage())
                    .withCause(e);
        }
    }

    /**
     * Begins it on a socket of which nothing was read; called on its event loop, where one of these is called when it is over.
     *
     * @param failed gets what was wrong with the handshake
     */
    void begin(NetSocket socket, Runnable secured, Consumer<Throwable> failed) {
        ChannelPipeline pipeline =
                ((NetSocketInternal) socket).channelHandlerContext().pipeline();
        SslHandler handler = context.newHandler(pipeline.channel().alloc());
        handler.setHandshakeTimeoutMillis(handshake.toMillis());
        handler.handshakeFuture().addListener((io.netty.util.concurrent.Future<Channel> done) -> {
            if (done.isSuccess()) {
                secured.run();
            } else {
                failed.accept(done.cause());
            }
        });
        pipeline.addFirst("ssl", handler);
    }
}
