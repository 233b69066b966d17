package io.jmigrate.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BandwidthTest {
    @ParameterizedTest
    @CsvSource({
        "100MiB/s,104857600",
        "100m,104857600",
        "1.5g,1610612736",
        "1048576,1048576",
        "800Mbit/s,100000000",
        "1gbit,125000000",
        "10000kbit/s,1250000",
        "256KiB/s,262144"
    })
    void readsBytesAndBits(String text, long bytesASecond) {
        assertThat(Bandwidth.of(text)).isEqualTo(bytesASecond);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "fast", "100mbps", "100MiB/m", "/s", "bit", "1e9"})
    void refusesOthers(String text) {
        assertThatThrownBy(() -> Bandwidth.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is not a rate such as 100MiB/s or 800Mbit/s");
    }

    @Test
    void refusesMoreThanCanBeCounted() {
        assertThatThrownBy(() -> Bandwidth.of("999999999999tbit"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"999999999999tbit\" is more than there can be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "255KiB/s", "1mbit/s"})
    void refusesWhatNoMigrationEndsWith(String text) {
        assertThatThrownBy(() -> Bandwidth.of(text)).hasMessageStartingWith("\"" + text + "\" is less than 256KiB/s");
    }
}
