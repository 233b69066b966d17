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
    void takesWhatCanBeMet() {
        assertThat(of("Negotiate", "BASIC")).map(Challenge::scheme).contains(Challenge.BASIC);
        assertThat(of("Negotiate")).isEmpty();
        assertThat(of()).isEmpty();
    }
}
