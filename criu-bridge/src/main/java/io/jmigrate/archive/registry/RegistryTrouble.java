package io.jmigrate.archive.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jmigrate.archive.image.RegistryReference;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What it means that a request to a registry failed. */
final class RegistryTrouble {
    private static final int WORDS_CHARACTERS_MAX = 300;

    private final RegistryReference image;
    private final RegistryAccess access;

    RegistryTrouble(RegistryReference image, RegistryAccess access) {
        this.image = image;
        this.access = access;
    }

    /** There was no answer, or none that could be used. */
    Failure of(IOException cause) {
        if (cause instanceof RegistryHttp.TokenRefusedException refused && isDenial(refused.status())) {
            return denied(refused.status()).withCause(cause);
        }
        String registry = "registry " + image.registry();
        Failure failure = chain(cause)
                .flatMap(each -> known(registry, each).stream())
                .findFirst()
                .orElseGet(() -> Failure.of(
                        RegistryCode.REGISTRY_FAILED, registry + " can't be understood: " + words(cause.getMessage())));
        return failure.withCause(cause);
    }

    private static Optional<Failure> known(String registry, Throwable cause) {
        return switch (cause) {
            case Failure failure -> Optional.of(failure);
            case UnusableAnswerException e ->
                Optional.of(Failure.of(RegistryCode.REGISTRY_FAILED, registry + " " + words(e.getMessage())));
            case SSLException e -> Optional.of(TlsTrouble.of(registry, e));
            case HttpTimeoutException _ -> Optional.of(unreachable(registry + " can't be reached: no answer in time"));
            case SocketTimeoutException e ->
                Optional.of(unreachable(registry + " is silent: " + words(e.getMessage())));
            case ConnectException e -> Optional.of(unreachable(registry + " can't be reached: " + whyNoConnection(e)));
            case IOException e
            when e.getCause() == null ->
                Optional.of(unreachable(registry + " ended the connection: " + words(e.getMessage())));
            default -> Optional.empty();
        };
    }

    /** The client says nothing of a host that there is not but for a cause. */
    private static String whyNoConnection(ConnectException cause) {
        boolean unknown = chain(cause).anyMatch(UnresolvedAddressException.class::isInstance);
        return unknown ? "there is no host of that name" : "nobody listens there";
    }

    private static Stream<Throwable> chain(Throwable cause) {
        return Stream.iterate(cause, each -> each != null, Throwable::getCause);
    }

    private static Failure unreachable(String sentence) {
        return Failure.of(RegistryCode.REGISTRY_UNREACHABLE, sentence);
    }

    /** There was an answer, and it is none that the request can have if all is well. @param body what the registry says */
    Failure of(int status, String body) {
        if (isDenial(status)) {
            return denied(status);
        }
        String why = errors(body).map(text -> ": " + text).orElse("");
        return Failure.of(
                RegistryCode.REGISTRY_FAILED,
                "registry " + image.registry() + " answers " + status + " for " + image.repository() + why);
    }

    private static boolean isDenial(int status) {
        return status == HttpURLConnection.HTTP_UNAUTHORIZED || status == HttpURLConnection.HTTP_FORBIDDEN;
    }

    private Failure denied(int status) {
        String who = access.login().map(Login::toString).orElse("somebody without a login");
        return Failure.of(
                RegistryCode.REGISTRY_DENIED,
                "registry " + image.registry() + " refuses " + who + " what was asked of " + image.repository()
                        + " (status " + status + ")");
    }

    /** What the registry says in the form of the distribution-spec ("Error Codes"). */
    private static Optional<String> errors(String body) {
        try {
            JsonNode error = new ObjectMapper().readTree(body).path("errors").path(0);
            String text =
                    (error.path("code").asText() + " " + error.path("message").asText()).strip();
            return Optional.of(words(text)).filter(words -> !words.isEmpty());
        } catch (IOException e) {
            return Optional.empty(); // not in that form
        }
    }

    /** On one line, and nothing that a terminal would obey. */
    static String words(String text) {
        String plain = text == null
                ? "it does not say why"
                : text.replaceAll("[^\\p{Print}]+", " ").strip();
        return plain.length() > WORDS_CHARACTERS_MAX ? plain.substring(0, WORDS_CHARACTERS_MAX) + "…" : plain;
    }
}
