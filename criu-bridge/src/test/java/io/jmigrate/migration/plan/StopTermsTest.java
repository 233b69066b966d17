package io.jmigrate.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.runtime.linux.Signal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StopTermsTest {
    @Test
    void asksInTheWayThatTheContainerIsUsedTo() {
        assertThat(StopTerms.USUAL.signal(Map.of())).contains(Signal.TERM);
        assertThat(StopTerms.USUAL.signal(Map.of(StopTerms.ANNOTATION, "SIGQUIT")))
                .contains(Signal.QUIT);
        assertThat(StopTerms.USUAL.signal(Map.of(StopTerms.ANNOTATION, "3"))).contains(Signal.QUIT);
    }

    @Test
    void asksAsTheUserWants() {
        StopTerms terms = new StopTerms(Optional.of(Signal.INT), Duration.ofSeconds(1));
        assertThat(terms.signal(Map.of(StopTerms.ANNOTATION, "SIGQUIT"))).contains(Signal.INT);
    }

    @Test
    void knowsNoSignalOfAStrangeName() {
        assertThat(StopTerms.USUAL.signal(Map.of(StopTerms.ANNOTATION, "SIGNOTHING")))
                .isEmpty();
    }
}
