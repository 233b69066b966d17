package io.jmigrate.archive.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    private static Optional<Challenge> of(String... headers) {
        return Challenge.of(HttpHeaders.of(Map.of("WWW-Authenticate", List.of(headers)), (name, value) -> true));
    }

    @Test
    void prefersTokensToPasswords() {
        Challenge challenge = of(
                        "Basic realm=\"x\"",
                        "Bearer realm=\"https://auth.example/token\", service=hub,scope=\"repository:a/b:pull,push\"")
                .orElseThrow();
        assertThat(challenge.scheme()).isEqualTo(Challenge.BEARER);
        assertThat(challenge.tokenAddress())
                .hasToString("https://auth.example/token?service=hub&scope=repository%3Aa%2Fb%3Apull%2Cpush");
    }

    @Test
    void readsSeveralInOneHeader() {
        for (String header : List.of(
                "Basic realm=\"a, Bearer realm=b\", Bearer realm=\"https://auth.example/token\",service=\"hub\"",
                "Bearer realm=\"https://auth.example/token\", service=hub, Basic realm=\"x\", charset=\"UTF-8\"",
                "Negotiate YII+/=, Bearer realm = \"https://auth.example/token\" , service= hub,,Digest qop=\"a,b\"",
                "Negotiate,bearer REALM=https://auth.example/token,SERVICE=\"h\\u\\b\"")) {
            assertThat(of(header).orElseThrow().tokenAddress())
                    .as(header)
                    .hasToString("https://auth.example/token?service=hub");
        }
        assertThat(of("Digest realm=\"Bearer realm=x\", nonce=\"a\", BASIC realm=\"y\""))
                .contains(new Challenge(Challenge.BASIC, Map.of("realm", "y")));
    }

    @Test
    void readsAsFarAsItUnderstands() {
        assertThat(of("Basic realm=\"open")).map(Challenge::scheme).contains(Challenge.BASIC);
        assertThat(of("realm=\"x\"")).isEmpty();
        assertThat(of("\"Basic\"")).isEmpty();
        assertThat(of(", ,")).isEmpty();
        assertThat(of("Digest realm=\"" + "\\a".repeat(50_000) + "\", Basic")).isPresent();
    }

    @Test
    void takesWhatCanBeMet() {
        assertThat(of("Negotiate", "BASIC")).map(Challenge::scheme).contains(Challenge.BASIC);
        assertThat(of("Negotiate")).isEmpty();
        assertThat(of()).isEmpty();
    }
}
