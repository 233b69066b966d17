package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndingTest {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicBoolean killed = new AtomicBoolean();
    private final Ending ending = new Ending(done, () -> {
        killed.set(true);
        done.complete(null);
    });

    @Test
    void killsWhatDoesNotEndInTheTimeThatIsLeft() {
        ending.hurry(Duration.ofMillis(1));

        assertThat(killed).isTrue();
    }

    @Test
    void killsNothingThatHasEnded() {
        done.complete(null);
        ending.hurry(Duration.ZERO);
        Ending.none().hurry(Duration.ZERO);

        assertThat(killed).isFalse();
    }

    @Test
    void killsNothingThatCouldNotBeTold() {
        done.completeExceptionally(new IllegalStateException("no right to"));
        ending.hurry(Duration.ZERO);

        assertThat(killed).isFalse();
    }

    @Test
    void waitsForOneThatIsEnding() {
        CompletableFuture.runAsync(() -> done.complete(null));
        ending.hurry(Duration.ofMinutes(5));

        assertThat(killed).isFalse();
    }
}
