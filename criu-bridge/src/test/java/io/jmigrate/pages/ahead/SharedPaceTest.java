package io.jmigrate.pages.ahead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedPaceTest {
    private final SharedPace pace = new SharedPace();

    private void look(long from, long changed) {
        pace.begin(from);
        pace.end(changed, 10_000);
    }

    @Test
    void allMayBeOtherAfterOneLook() {
        look(0, 10_000);
        assertThat(pace.pending(1)).isEqualTo(10_000);
    }

    @Test
    void noMoreIsWrittenThanBeforeWithinTheSameTime() {
        look(0, 10_000);
        look(100, 40);
        assertThat(pace.changedBytes()).isEqualTo(40);
        assertThat(pace.pending(101)).isEqualTo(40);
        assertThat(pace.pending(200)).isEqualTo(40);
    }

    @Test
    void withinLongerAsMuchMoreAsItIsLongerAndNeverMoreThanThereIs() {
        look(0, 10_000);
        look(100, 40);
        assertThat(pace.pending(300)).isEqualTo(80);
        assertThat(pace.pending(1_000_000)).isEqualTo(10_000);
    }
}
