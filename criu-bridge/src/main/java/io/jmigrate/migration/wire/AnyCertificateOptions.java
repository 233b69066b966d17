package io.jmigrate.migration.wire;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import java.security.KeyStore;
import java.security.Provider;
import java.util.function.Function;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/**
 * {@link AnyCertificate} as Vert.x takes it. ({@code TrustOptions.wrap} of Vert.x 5.0.7 needs SLF4J, which is not among its
 * dependencies.)
 */
final class AnyCertificateOptions implements TrustOptions {
    static final AnyCertificateOptions INSTANCE = new AnyCertificateOptions();

    private static final TrustManager[] MANAGERS = {new AnyCertificate()};

    private AnyCertificateOptions() {}

    @Override
    public TrustOptions copy() {
        return this;
    }

    @Override
    public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
        return new Factory();
    }

    @Override
    public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
        return _ -> MANAGERS.clone();
    }

    private static final class Factory extends TrustManagerFactory {
        Factory() {
            super(new Managers(), new NoProvider(), "AnyCertificate");
        }
    }

    private static final class NoProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NoProvider() {
            super("jmigrate", "1", "certificates are judged after the handshake");
        }
    }

    private static final class Managers extends TrustManagerFactorySpi {
        @Override
        protected void engineInit(KeyStore store) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected TrustManager[] engineGetTrustManagers() {
            return MANAGERS.clone();
        }
    }
}
