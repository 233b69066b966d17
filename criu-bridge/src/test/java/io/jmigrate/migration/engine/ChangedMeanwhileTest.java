package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.runtime.failure.Failure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A container is not any more, when it is about to be frozen, what was agreed upon. */
class ChangedMeanwhileTest {
    @ParameterizedTest
    @EnumSource(
            value = MigrateMode.class,
            names = {"PRE_COPY", "STOP_AND_COPY", "POST_COPY"})
    void doesNotMoveWithTheLimitsThatItHadBefore(MigrateMode mode) throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.mode = mode;
            handover.source.host.changesLimits();
            handover.run();

            Failure failure = handover.source.failure().orElseThrow();
            assertThat(failure).hasMessageContaining("it runs at the source: its limits were changed");
            assertThat(failure.code()).isEqualTo(MigrationCode.ABORTED);
            assertThat(handover.source.host.verdicts()).isEmpty();
            assertThat(handover.trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
        }
    }

    @Test
    void anotherOneOfItsNameIsLeftAlone() throws IOException, InterruptedException {
        try (Handover handover = new Handover(Trouble.NONE, Patience.LIMIT)) {
            handover.source.host.isReplaced();
            handover.run();

            assertThat(handover.source.failure().orElseThrow()).hasMessageContaining("it was deleted");
            assertThat(handover.source.host.verdicts()).isEmpty();
            assertThat(handover.trees.source()).isEqualTo(new Trees.Source(true, false, false, true));
        }
    }
}
