package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class ConnectionCountTest {
    private static final Duration NEAR = Duration.ofNanos(200_000);
    private static final Duration FAR = Duration.ofMillis(20);

    @Test
    void takesSeveralWhereTheWayIsLong() {
        assertThat(ConnectionCount.of(OptionalInt.empty(), NEAR, 8)).isEqualTo(1);
        assertThat(ConnectionCount.of(OptionalInt.empty(), FAR, 8)).isEqualTo(4);
    }

    @Test
    void takesWhatWasAskedForWhateverTheWay() {
        assertThat(ConnectionCount.of(OptionalInt.of(3), NEAR, 8)).isEqualTo(3);
        assertThat(ConnectionCount.of(OptionalInt.of(1), FAR, 8)).isEqualTo(1);
    }

    @Test
    void takesNoMoreThanTheOtherEndLetsIt() {
        assertThat(ConnectionCount.of(OptionalInt.of(16), NEAR, 8)).isEqualTo(8);
        assertThat(ConnectionCount.of(OptionalInt.empty(), FAR, 1)).isEqualTo(1);
    }
}
