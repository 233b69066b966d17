package io.jmigrate.migration.wire;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;

/**
 * What encrypts connections: BoringSSL where there is one for this machine. It does so at full speed from the first byte, which the JVM does only
 * when it has compiled its own code (docs/adr/0010). On the wire they are the same.
 */
public enum TlsEngine {
    BORINGSSL,
    JVM;

    public static TlsEngine ofThisMachine() {
        return OpenSsl.isAvailable() ? BORINGSSL : JVM;
    }

    SSLEngineOptions ofClient() {
        return switch (this) {
            case BORINGSSL -> new OpenSSLEngineOptions();
            case JVM -> new JdkSSLEngineOptions();
        };
    }

    SslProvider ofServer() {
        return switch (this) {
            case BORINGSSL -> SslProvider.OPENSSL;
            case JVM -> SslProvider.JDK;
        };
    }
}
