package io.jmigrate.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.json.Problems;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkAddressesTest {
    private static final Map<InetAddress, InetAddress> OTHERS = Map.of(
            InetAddress.ofLiteral("10.0.0.2"), InetAddress.ofLiteral("10.1.0.3"),
            InetAddress.ofLiteral("fd00::2"), InetAddress.ofLiteral("fd00:1::3"));

    @Test
    void replacesAddressesAndLeavesTheirPrefixLengths() {
        String text = NetworkAddresses.replaced("""
                {"interfaces":[{"name":"10.0.0.2","bridge":"b","address":["10.0.0.2/24","10.0.0.22/24","fd00:0::2/64"],
                "gateway":"10.0.0.2"}],"routes":[{"destination":"10.9.0.0/16","via":"10.0.0.2"}]}
                """, OTHERS);

        assertThat(text)
                .isEqualTo(
                        "{\"interfaces\":[{\"name\":\"10.0.0.2\",\"bridge\":\"b\",\"address\":[\"10.1.0.3/24\",\"10.0.0.22/24\","
                                + "\"fd00:1:0:0:0:0:0:3/64\"],\"gateway\":\"10.1.0.3\"}],"
                                + "\"routes\":[{\"destination\":\"10.9.0.0/16\",\"via\":\"10.1.0.3\"}]}");
        NetworkConfig network = NetworkConfig.parse(text, "", new Problems()).orElseThrow();
        assertThat(NetworkAddresses.of(network)).contains(InetAddress.ofLiteral("fd00:1::3"));
    }

    @Test
    void whatIsNoJsonStaysAsItIs() {
        assertThat(NetworkAddresses.replaced("{", OTHERS)).isEqualTo("{");
    }
}
