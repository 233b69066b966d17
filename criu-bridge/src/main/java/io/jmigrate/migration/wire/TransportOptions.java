package io.jmigrate.migration.wire;

import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The options of sockets: TLS 1.3 alone, certificates on both sides. */
final class TransportOptions {
    static final String PROTOCOL = "TLSv1.3";
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int RECONNECT_MILLIS = 100;

    private TransportOptions() {}

    /** @param untilListening how long to try again where nobody listens @param limit for a connection, if that is short, and for the handshake of TLS */
    static NetClientOptions client(WireSecurity security, Duration untilListening, Duration limit) {
        NetClientOptions options = new NetClientOptions()
                .setConnectTimeout((int) (limit.compareTo(CONNECT_LIMIT) < 0 ? limit : CONNECT_LIMIT).toMillis())
                .setHostnameVerificationAlgorithm("")
                .setReconnectInterval(RECONNECT_MILLIS)
                .setReconnectAttempts((int) (untilListening.toMillis() / RECONNECT_MILLIS));
        protect(options, security, limit);
        return options;
    }

    /** Of a listener; TLS begins when the door has let somebody in: {@link ServerTls}. */
    static NetServerOptions server() {
        NetServerOptions options = new NetServerOptions().setReuseAddress(true);
        keepAlive(options);
        return options;
    }

    /** Buffers are left to the kernel: it makes them larger as the way needs it, unless it is told a size (tcp(7), docs/adr/0032). */
    private static void keepAlive(TCPSSLOptions options) {
        options.setTcpNoDelay(true).setTcpKeepAlive(true);
    }

    private static void protect(NetClientOptions options, WireSecurity security, Duration handshake) {
        keepAlive(options);
        if (security instanceof WireSecurity.Certificates certificates) {
            options.setSsl(true)
                    .setSslEngineOptions(TlsEngine.ofThisMachine().ofClient())
                    .setSslHandshakeTimeout(handshake.toMillis())
                    .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                    .setEnabledSecureTransportProtocols(Set.of(PROTOCOL))
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setKeyPath(certificates.identity().keyFile().toString())
                            .setCertPath(
                                    certificates.identity().certificateFile().toString()))
                    .setTrustOptions(AnyCertificateOptions.INSTANCE);
        }
    }
}
