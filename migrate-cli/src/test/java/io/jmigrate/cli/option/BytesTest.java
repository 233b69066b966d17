package io.jmigrate.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "32,32",
        "-1,-1",
        "32b,32",
        "1k,1024",
        "1.5K,1536",
        "2m,2097152",
        "2 MiB,2097152",
        "1gb,1073741824"
    })
    void readsAmountsAsRuncDoes(String text, long bytes) {
        assertThat(Bytes.orUnlimited(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-2", "1x", "1mm", "0x10", "1e3", "9999999999p", "1,5m"})
    void refusesOthers(String text) {
        assertThatThrownBy(() -> Bytes.orUnlimited(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\" is ");
    }
}
