package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StallAnswerTest {
    @Test
    void slowsInStepsAndThenFreezes() {
        List<Integer> percents = new ArrayList<>();
        ThrottleSteps steps = ThrottleSteps.none();
        while (StallAnswer.to(StallReason.WRITES_TOO_FAST, OnStall.THROTTLE, steps)
                instanceof StallAnswer.Throttle(ThrottleSteps further)) {
            steps = further;
            percents.add(steps.percent());
        }

        assertThat(percents).containsExactly(80, 60, 40, 20);
        assertThat(StallAnswer.to(StallReason.WRITES_TOO_FAST, OnStall.THROTTLE, steps))
                .isEqualTo(new StallAnswer.StopAndCopy());
    }

    @Test
    void doesNotSlowWhatSlownessDoesNotHelp() {
        for (StallReason reason : List.of(StallReason.DEADLINE, StallReason.FIXED_COST, StallReason.ROUNDS_USED_UP)) {
            assertThat(StallAnswer.to(reason, OnStall.THROTTLE, ThrottleSteps.none()))
                    .isEqualTo(new StallAnswer.StopAndCopy());
        }
    }

    @Test
    void goesOnAsLongAsRoundsShrinkIfItMayNotSlow() {
        for (OnStall asked : List.of(OnStall.ABORT, OnStall.STOP_AND_COPY, OnStall.HYBRID)) {
            assertThat(StallAnswer.to(StallReason.CONVERGES_TOO_SLOWLY, asked, ThrottleSteps.none()))
                    .isEqualTo(new StallAnswer.GoOn());
        }
    }

    @Test
    void doesAsAskedWhateverTheReason() {
        for (StallReason reason : EnumSet.complementOf(EnumSet.of(StallReason.CONVERGES_TOO_SLOWLY))) {
            assertThat(StallAnswer.to(reason, OnStall.ABORT, ThrottleSteps.none()))
                    .isEqualTo(new StallAnswer.Abort());
            assertThat(StallAnswer.to(reason, OnStall.HYBRID, ThrottleSteps.none()))
                    .isEqualTo(new StallAnswer.LetMemoryFollow());
            assertThat(StallAnswer.to(reason, OnStall.STOP_AND_COPY, ThrottleSteps.none()))
                    .isEqualTo(new StallAnswer.StopAndCopy());
        }
    }
}
