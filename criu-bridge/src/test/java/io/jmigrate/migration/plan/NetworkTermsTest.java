package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.jmigrate.migration.plan.LandingFacts.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTermsTest {
    private static final NetworkTerms TERMS =
            new NetworkTerms(false, Map.of("10.88.0.5", "10.89.0.6", "fd00::5", "fd01::6"));

    private final Landing landing = new Landing();

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, fd00::1",
        "10.0.0.1, 0.0.0.0",
        "10.0.0.1, 224.0.0.1",
        "fe80::1%eth0, fd00::1",
        "web, 10.0.0.1"
    })
    void refuseWhatCannotBeAnAddressInPlaceOfAnother(String old, String next) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkTerms(false, Map.of(old, next)));
    }

    @Test
    void areBounded() {
        Map<String, String> many = IntStream.range(0, 65)
                .boxed()
                .collect(Collectors.toMap(number -> "10.0.0." + number, number -> "10.0.1." + number));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkTerms(false, many));
    }

    @Test
    void giveTheConfigTheNewAddressesAndLeaveTheRestAsItIs() {
        String arriving = ArrivingConfig.of(landing.config.toString(), TERMS);
        JsonNode config = Landing.json(arriving);
        assertThat(ContainerAddresses.of(config)).containsExactly("10.89.0.6", IpAddresses.canonical("fd01::6"));
        assertThat(config.path("linux")).isEqualTo(landing.config.path("linux"));
        assertThat(ArrivingConfig.of("{\"a\":  1}", TERMS)).isEqualTo("{\"a\":  1}");
        assertThat(ArrivingConfig.of("no JSON", TERMS)).isEqualTo("no JSON");
        assertThat(ArrivingConfig.of(arriving, NetworkTerms.KEEP)).isSameAs(arriving);
    }

    @Test
    void areOfAddressesThatTheContainerHas() {
        assertThat(ChangingAddresses.check(TERMS, landing.config, List.of()).forbids())
                .isFalse();
        NetworkTerms other = new NetworkTerms(true, Map.of("10.88.0.9", "10.89.0.6"));
        assertThat(ChangingAddresses.check(other, landing.config, List.of("10.88.0.9"))
                        .sentence())
                .contains("does not have the address 10.88.0.9 (it has 10.88.0.5, fd00:0:0:0:0:0:0:5)");
    }

    @Test
    void areOfItsHostsAddressesInTheHostsNetwork() {
        JsonNode config = Landing.json("{\"linux\": {\"namespaces\": [{\"type\": \"pid\"}]}}");
        NetworkTerms terms = new NetworkTerms(true, Map.of("192.0.2.1", "192.0.2.2"));
        assertThat(ChangingAddresses.check(terms, config, List.of("192.0.2.1")).forbids())
                .isFalse();

        landing.config = config;
        landing.terms = terms;
        landing.network = new Network(Set.of("eth0"), Map.of("192.0.2.2", "this host"), List.of());
        assertThat(landing.blockers()).isEmpty();
        landing.network = new Network(Set.of("eth0"), Map.of("192.0.2.3", "this host"), List.of());
        assertThat(landing.blockers()).singleElement().asString().contains("it does not have the address 192.0.2.2");
    }
}
