package io.jmigrate.archive.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.failure.Failure;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsTroubleTest {
    private static Failure trouble(SSLException cause) {
        return TlsTrouble.of("registry r", cause);
    }

    @Test
    void saysTheCauseAndQuotesTheJdkWithoutItsClasses() {
        Failure failure = trouble(new SSLHandshakeException(
                "PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid"
                        + " certification path to requested target"));
        assertThat(failure)
                .hasMessage("registry r can't be trusted: nobody whom this host trusts vouches for its certificate");
        assertThat(failure.details())
                .containsExactly(
                        "PKIX path building failed: unable to find valid certification path to requested target");
        assertThat(failure.remedy()).isEmpty(); // that of the code
    }

    @Test
    void looksForTheInnermostCause() {
        SSLException expired = new SSLHandshakeException("PKIX path validation failed");
        expired.initCause(new CertificateException("x", new CertificateExpiredException("NotAfter")));
        assertThat(trouble(expired)).hasMessage("registry r can't be trusted: its certificate has expired");
        SSLException name = new SSLHandshakeException("no");
        name.initCause(new CertificateException("No subject alternative DNS name matching r found."));
        assertThat(trouble(name)).hasMessage("registry r can't be trusted: its certificate is of another name");
    }

    @Test
    void knowsWhoDoesNotSpeakTls() {
        Failure failure = trouble(new SSLException("Unsupported or unrecognized SSL message"));
        assertThat(failure).hasMessage("registry r can't be trusted: it does not speak TLS");
        assertThat(failure.remedy().orElseThrow()).contains("--insecure");
    }

    @Test
    void quotesWhatItDoesNotKnow() {
        Failure failure = trouble(new SSLException((String) null));
        assertThat(failure).hasMessage("registry r can't be trusted: there is no TLS connection with it");
        assertThat(failure.details()).containsExactly("it does not say why");
    }
}
