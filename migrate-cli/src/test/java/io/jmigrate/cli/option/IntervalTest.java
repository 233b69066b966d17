package io.jmigrate.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource({
        "5s, PT5S",
        "500ms, PT0.5S",
        "1m30s, PT1M30S",
        "1.5h, PT1H30M",
        "1us, PT0.000001S",
        "99999h, PT99999H",
        "600000ms, PT10M",
        "0.5ns0.5ns, PT0.000000001S"
    })
    void isALengthOfTimeAsGoWritesIt(String text, Duration expected) {
        assertThat(Interval.of(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "5", "s", "-1s", "1s1", "1,5s", "1 s", "100001h", "999999999999h", "0.5ns", "1d"})
    void isNothingElse(String text) {
        assertThatThrownBy(() -> Interval.of(text))
                .hasMessage("\"" + text + "\" is not a length of time such as 5s or 500ms");
    }
}
