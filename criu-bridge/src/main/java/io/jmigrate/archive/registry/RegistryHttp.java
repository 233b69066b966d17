package io.jmigrate.archive.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Sends requests to a registry, tells it who asks, and follows it to where it keeps blobs.
 *
 * <p>User and password go to the registry itself, and to where it says that it gives tokens; a token goes to the registry alone.
 */
final class RegistryHttp {
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final int REDIRECTIONS_MAX = 5;

    /** What only reads. */
    private static final Set<String> FOLLOWED = Set.of("GET", "HEAD");

    private static final int TOKEN_BYTES_MAX = 1 << 20;

    private final HttpClient client;
    private final Origin registry;
    private final Optional<String> basic;
    private volatile Optional<String> authorization = Optional.empty();

    RegistryHttp(HttpClient client, URI registry, Optional<Login> login) {
        this.client = client;
        this.registry = Origin.of(registry);
        this.basic = login.map(who -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((who.user() + ":" + who.password()).getBytes(StandardCharsets.UTF_8)));
    }

    /** The answer, whatever its status is; its body comes while it is read, and has to be closed. */
    HttpResponse<InputStream> send(RegistryRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = exchange(request, authorization);
        if (answer.statusCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
            Optional<Challenge> challenge = Challenge.of(answer.headers());
            Optional<String> wanted = challenge.isPresent() ? authorization(challenge.get()) : Optional.empty();
            if (wanted.isPresent() && !wanted.equals(authorization)) {
                answer.body().close();
                authorization = wanted;
                answer = exchange(request, authorization);
            }
        }
        return FOLLOWED.contains(request.method()) ? followed(request, answer) : answer;
    }

    private HttpResponse<InputStream> exchange(RegistryRequest request, Optional<String> who)
            throws IOException, InterruptedException {
        return client.send(request.http(who), BodyHandlers.ofInputStream());
    }

    private Optional<String> authorization(Challenge challenge) throws IOException, InterruptedException {
        return challenge.scheme().equals(Challenge.BEARER) ? Optional.of("Bearer " + token(challenge)) : basic;
    }

    private String token(Challenge challenge) throws IOException, InterruptedException {
        URI address = address(challenge::tokenAddress);
        HttpResponse<InputStream> answer = exchange(RegistryRequest.of("GET", address), basic);
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new TokenRefusedException(answer.statusCode());
            }
            JsonNode document = new ObjectMapper().readTree(body.readNBytes(TOKEN_BYTES_MAX));
            String token =
                    document.path("token").asText(document.path("access_token").asText());
            return token.chars().allMatch(each -> each > ' ' && each < 0x7f) ? token : "";
        }
    }

    /** Whoever gives tokens does not give them to where a redirection leads. */
    static final class TokenRefusedException extends IOException {
        private static final long serialVersionUID = 1L;
        private final int status;

        private TokenRefusedException(int status) {
            super("no token is given (status " + status + ")");
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    private HttpResponse<InputStream> followed(RegistryRequest request, HttpResponse<InputStream> first)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = first;
        URI place = request.target();
        for (int count = 0; REDIRECTIONS.contains(answer.statusCode()) && count < REDIRECTIONS_MAX; count++) {
            answer.body().close();
            String location = answer.headers().firstValue("Location").orElse("");
            URI from = place;
            place = address(() -> from.resolve(location));
            answer = exchange(request.to(place), Origin.of(place).equals(registry) ? authorization : Optional.empty());
        }
        return answer;
    }

    /** @throws UnusableAnswerException if it is none, or nothing that goes there is protected */
    private URI address(Supplier<URI> named) throws UnusableAnswerException {
        URI address;
        try {
            address = named.get();
            if (Origin.of(address).isAsSafeAs(registry)) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw new UnusableAnswerException("leads to what is no address of the web");
        }
        throw new UnusableAnswerException("leads to where nothing is protected: " + address);
    }
}
