package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.plan.LandingFacts.Network;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkChecksTest {
    private final Landing landing = new Landing();

    @Test
    void namesTheBridgeThatIsMissing() {
        landing.network = new Network(Set.of("jm1"), Map.of(), List.of());
        assertThat(landing.blockers()).singleElement().asString().contains("there is no bridge jm0");
    }

    @Test
    void namesWhoHasAnAddressOfTheContainerHoweverItIsWritten() {
        landing.network = new Network(
                Set.of("jm0"),
                Map.of(
                        "10.88.0.5",
                        "container \"web\"",
                        IpAddresses.canonical("fd00::5"),
                        "this host",
                        "10.88.0.6",
                        "container \"db\""),
                List.of());
        assertThat(landing.blockers())
                .singleElement()
                .asString()
                .contains("10.88.0.5 (container \"web\"), fd00:0:0:0:0:0:0:5 (this host)")
                .doesNotContain("db");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 0.0.0.0, 80, tcp, 127.0.0.1, 80, true",
        "tcp, 10.0.0.1, 80, tcp, 0:0:0:0:0:0:0:0, 80, true",
        "tcp, 10.0.0.1, 80, tcp, 10.0.0.1, 80, true",
        "tcp, 10.0.0.1, 80, tcp, 10.0.0.2, 80, false",
        "tcp, 0.0.0.0, 80, udp, 0.0.0.0, 80, false",
        "tcp, 0.0.0.0, 80, tcp, 0.0.0.0, 81, false"
    })
    void twoSocketsExcludeEachOther(
            String protocol,
            String address,
            int number,
            String other,
            String otherAddress,
            int otherNumber,
            boolean so) {
        Port port = new Port(protocol, address, number);
        Port second = new Port(other, otherAddress, otherNumber);
        assertThat(port.excludes(second)).isEqualTo(so);
        assertThat(second.excludes(port)).isEqualTo(so);
    }

    @Test
    void namesThePortsThatAreInUse() {
        landing.needs = new ContainerNeeds(
                Set.of(),
                List.of(new Port("tcp", "0:0:0:0:0:0:0:0", 80), new Port("udp", "0.0.0.0", 53)),
                List.of(),
                0,
                false);
        landing.network = new Network(Set.of("jm0"), Map.of(), List.of(new Port("tcp", "127.0.0.1", 80)));
        assertThat(landing.blockers())
                .singleElement()
                .asString()
                .contains("in its host's network: tcp [0:0:0:0:0:0:0:0]:80 (end who has them");
    }
}
