package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerAddressTest {
    @ParameterizedTest
    @CsvSource({
        "b.example:7070, b.example, 7070",
        "10.0.0.2:1, 10.0.0.2, 1",
        "[::1]:7070, ::1, 7070",
        "[fe80::1%br-lan]:7070, fe80::1%br-lan, 7070",
        "[fe80::1%Eth_0.7]:7070, fe80::1%Eth_0.7, 7070"
    })
    void isAHostAndAPort(String text, String host, int port) {
        assertThat(PeerAddress.parse(text)).isEqualTo(new PeerAddress(host, port));
        assertThat(PeerAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b",
                "b:",
                ":1",
                "b:65536",
                "::1:7070",
                "[::1]",
                "[fe80::1%]:1",
                "[fe80::1%a%b]:1",
                "[fe80::1%a b]:1",
                "[b]:1 "
            })
    void isNothingElse(String text) {
        assertThatThrownBy(() -> PeerAddress.parse(text)).hasMessageContaining("HOST:PORT");
    }
}
