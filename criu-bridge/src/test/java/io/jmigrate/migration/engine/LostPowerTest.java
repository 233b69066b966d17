package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.state.SourceState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The destination's host has no power for a moment, when it holds the container or lets it go: what that had done for others, and what is lost
 * with it, is not done again by a copy that is older.
 */
class LostPowerTest {
    /** Of a destination that dies in a resume the source hears nothing, and waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final List<String> DEATHS = List.of(
            "restore: held",
            "sent Held",
            "received Go",
            "restore: CRIU has the answer",
            "restore: let go",
            "announce",
            "end the restore",
            "remove the images");

    private final AtomicInteger ran = new AtomicInteger();
    private final AtomicInteger neverRan = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void setsNoOlderCopyGoing(boolean following) throws IOException, InterruptedException {
        Handovers.concurrently(DEATHS.size(), number -> {
            Handover handover = new Handover(Trouble.NONE.following(following), PATIENCE);
            losesPower(handover.diesAtDestination(DEATHS.get(number)), number % 2 == 0);
            return null;
        });
        assertThat(ran.get()).isPositive();
        assertThat(neverRan.get()).isPositive();
    }

    private void losesPower(Handover made, boolean sourceFirst) throws IOException, InterruptedException {
        try (Handover handover = made.run()) {
            boolean hadRun = handover.trees.runsAtDestination();
            (hadRun ? ran : neverRan).incrementAndGet();
            handover.losesPowerAtDestination();
            handover.repair();
            if (!sourceFirst) {
                handover.recoverDestination();
            }
            handover.recoverSource();
            assertThat(handover.trees.source().runs() && hadRun)
                    .as("%s", handover)
                    .isFalse();
            boolean decided = handover.source.record().orElseThrow().state() instanceof SourceState.Open;
            assertThat(handover.trees.source().exists() || hadRun || decided)
                    .as("%s", handover)
                    .isTrue();
        }
    }
}
