package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.MigrationCode;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.report.RecoveryOutcome;
import io.jmigrate.migration.state.DestinationState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A container whose memory follows it is killed at the destination, since nobody can bring that any more. */
class LostWhileFollowingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Handover handover;

    @BeforeEach
    void loseIt() throws IOException, InterruptedException {
        handover = new Handover(Trouble.NONE.following(true), PATIENCE)
                .losesMemory(FakeCriu.Loss.AT_ONCE)
                .run();
    }

    @AfterEach
    void end() {
        handover.close();
    }

    private void theCopyStaysFrozen() {
        assertThat(handover.trees.source().exists()).as("%s", handover).isTrue();
        assertThat(handover.trees.source().runs()).as("%s", handover).isFalse();
    }

    private ObjectAssert<RecoveryOutcome> only(List<RecoveryOutcome> outcomes) {
        return assertThat(outcomes).as("%s", handover).singleElement();
    }

    @Test
    void itsCopyStaysFrozenAndBothJournalsSayWhy() {
        theCopyStaysFrozen();
        assertThat(handover.destinationRecord().map(DestinationRecord::state)).contains(new DestinationState.Lost());
        assertThat(handover.source.failure().orElseThrow().code()).isEqualTo(MigrationCode.MEMORY_BEHIND);

        only(handover.recoverSource())
                .matches(outcome -> !outcome.settled())
                .extracting(RecoveryOutcome::message)
                .asString()
                .contains("was lost there", "goes when it is deleted");
        theCopyStaysFrozen();
    }

    @Test
    void itIsNotTakenBack() {
        only(handover.takeBackSource())
                .matches(outcome -> !outcome.settled())
                .extracting(RecoveryOutcome::message)
                .asString()
                .contains("was lost there", "is not taken back", "restore a checkpoint");
        theCopyStaysFrozen();
    }

    @Test
    void itIsOverWhenItsUserDeletesTheCopy() {
        handover.trees.sourceDies();

        only(handover.recoverSource()).matches(RecoveryOutcome::settled);
        assertThat(handover.recoverSource()).isEmpty();
    }
}
