package io.jmigrate.runtime.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignalTest {
    @Test
    void readsNamesAndNumbersAsTheOciRuntimesDo() {
        for (String text : List.of("TERM", "SIGTERM", "sigterm", "term", "15")) {
            assertThat(Signal.parse(text)).as(text).contains(Signal.TERM);
        }
        assertThat(Signal.parse("RTMIN+3")).contains(new Signal(37));
        assertThat(Signal.parse("SIGRTMAX-1")).contains(new Signal(63));
        assertThat(Signal.parse("RTMAX")).contains(new Signal(64));
        assertThat(Signal.parse("SYS")).contains(new Signal(31));
    }

    @Test
    void refusesWhatIsNoSignal() {
        for (String text : List.of("", "SIG", "0", "65", "-1", "FOO", "RTMIN+40", "RTMIN3", "15x", "TERM ")) {
            assertThat(Signal.parse(text)).as(text).isEmpty();
        }
    }

    @Test
    void namesThemselvesSoThatTheyCanBeReadAgain() {
        for (int number = 1; number <= Signal.MAX; number++) {
            Signal signal = new Signal(number);
            if (number != 32 && number != 33) { // the C library's own
                assertThat(Signal.parse(signal.name())).as(signal.name()).contains(signal);
            }
        }
    }
}
