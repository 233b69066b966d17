package io.jmigrate.archive.registry;

import io.jmigrate.runtime.failure.Failure;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why there is no TLS with a registry, in a sentence; the JDK's own words are quoted below it. */
enum TlsTrouble {
    EXPIRED("its certificate has expired", "have its certificate renewed, or set the clock of this host"),
    NOT_YET_VALID("its certificate is not valid yet", "set the clock of this host, or the registry's"),
    ANOTHER_NAME("its certificate is of another name", "call the registry by a name that its certificate has"),
    UNKNOWN_ISSUER("nobody whom this host trusts vouches for its certificate", null),
    NO_TLS(
            "it does not speak TLS",
            "check the registry's port; --insecure speaks HTTP without TLS, to a registry on this machine"),
    OTHER("there is no TLS connection with it", null);

    /** The JDK puts the classes of causes before their words. */
    private static final Pattern CLASSES = Pattern.compile("(?:[a-z]\\w*\\.)+[A-Z]\\w*: ");

    private final String sentence;
    private final Optional<String> remedy;

    TlsTrouble(String sentence, String remedy) {
        this.sentence = sentence;
        this.remedy = Optional.ofNullable(remedy);
    }

    /** @param registry in the sentence, as its subject */
    static Failure of(String registry, SSLException cause) {
        TlsTrouble trouble = of(cause);
        Failure failure = Failure.of(
                        RegistryCode.REGISTRY_UNTRUSTED, registry + " can't be trusted: " + trouble.sentence)
                .withDetails(List.of(quoted(cause)));
        return trouble.remedy.map(failure::withRemedy).orElse(failure);
    }

    private static String quoted(SSLException cause) {
        String words = RegistryTrouble.words(cause.getMessage());
        return CLASSES.matcher(words).replaceAll("");
    }

    private static TlsTrouble of(SSLException cause) {
        return causes(cause).flatMap(each -> known(each).stream()).findFirst().orElse(OTHER);
    }

    private static Stream<Throwable> causes(Throwable cause) {
        List<Throwable> outermostFirst =
                Stream.iterate(cause, each -> each != null, Throwable::getCause).toList();
        return outermostFirst.reversed().stream();
    }

    /** Some are classes of their own, of others there are the words alone (sun.security.util.HostnameChecker, SSLEngineInputRecord). */
    private static Optional<TlsTrouble> known(Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        return switch (cause) {
            case CertificateExpiredException _ -> Optional.of(EXPIRED);
            case CertificateNotYetValidException _ -> Optional.of(NOT_YET_VALID);
            case Exception _
            when words.startsWith("No subject alternative") || words.startsWith("No name matching") ->
                Optional.of(ANOTHER_NAME);
            case Exception _ when words.startsWith("PKIX path") -> Optional.of(UNKNOWN_ISSUER);
            case Exception _ when words.startsWith("Unsupported or unrecognized SSL message") -> Optional.of(NO_TLS);
            default -> Optional.empty();
        };
    }
}
