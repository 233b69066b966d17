package io.jmigrate.criu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jmigrate.criu.configfile.CriuConfig;
import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.obstacle.Obstacle;
import io.jmigrate.runtime.failure.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExaminedConfigTest {
    @Test
    void whatAFileCanNotSayIsAnObstacleEach() {
        Failure refused =
                Failure.of(CriuCode.CRIU_CONFIG, "it says what can't be").withDetails(List.of("a", "b"));
        Failure unreadable = Failure.of(CriuCode.CRIU_CONFIG, "it is unreadable");

        assertThat(failing(refused).obstacles())
                .containsExactly(
                        new Obstacle(Obstacle.Kind.CONFIGURATION, "a"), new Obstacle(Obstacle.Kind.CONFIGURATION, "b"));
        assertThat(failing(unreadable))
                .isEqualTo(new ExaminedConfig(
                        CriuConfig.NONE, List.of(new Obstacle(Obstacle.Kind.CONFIGURATION, "it is unreadable"))));
    }

    @Test
    void anotherFailureIsNone() {
        Failure other = Failure.of(CriuCode.DUMP_FAILED, "it is gone");

        assertThatThrownBy(() -> failing(other)).isSameAs(other);
        assertThat(ExaminedConfig.of(() -> CriuConfig.NONE).obstacles()).isEmpty();
    }

    private static ExaminedConfig failing(Failure failure) {
        return ExaminedConfig.of(() -> {
            throw failure;
        });
    }
}
