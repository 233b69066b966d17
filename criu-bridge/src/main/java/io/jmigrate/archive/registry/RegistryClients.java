package io.jmigrate.archive.registry;

import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.linux.HostCiphers;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes clients of HTTP that trust whom they should. */
final class RegistryClients {
    /** Of those whom this host trusts, on Debian and on Fedora. */
    private static final List<Path> HOST_AUTHORITIES =
            List.of(Path.of("/etc/ssl/certs/ca-certificates.crt"), Path.of("/etc/pki/tls/certs/ca-bundle.crt"));

    private RegistryClients() {}

    /** @throws Failure REGISTRY_UNTRUSTED if the certificates of the authorities can't be read */
    static HttpClient client(RegistryAccess access, Duration connecting, Executor executor) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connecting)
                .executor(executor);
        if (!access.plain()) {
            HostCiphers.provider()
                    .ifPresent(fast -> Security.insertProviderAt(fast, 1)); // the JDK's TLS asks for no other way
            access.authorities()
                    .or(() ->
                            HOST_AUTHORITIES.stream().filter(Files::isReadable).findFirst())
                    .ifPresent(file -> builder.sslContext(trusting(file)));
        }
        return builder.build();
    }

    private static Failure unreadable(Path authorities, String why) {
        return Failure.of(
                RegistryCode.REGISTRY_UNTRUSTED, "the certificates in " + authorities + " can't be read: " + why);
    }

    private static SSLContext trusting(Path authorities) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(authorities))) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + trusted.size(), each);
            }
            if (trusted.size() == 0) {
                throw new IOException("it holds none");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw unreadable(authorities, IoReason.of(e)).withCause(e);
        } catch (GeneralSecurityException e) {
            throw unreadable(authorities, "they have to be in PEM").withCause(e);
        }
    }
}
