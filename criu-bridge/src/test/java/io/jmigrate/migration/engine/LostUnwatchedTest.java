package io.jmigrate.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.Patience;
import io.jmigrate.migration.engine.FakeCriu.Loss;
import io.jmigrate.migration.journal.DestinationRecord;
import io.jmigrate.migration.state.DestinationState;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A container whose memory follows it ends at the destination, and nobody can tell that it ended by itself: the source's copy, which may be
 * all that is left of it, is neither killed nor set going.
 */
class LostUnwatchedTest {
    /** Of a destination that dies in a resume the source hears nothing, and waits as long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static Stream<Arguments> deaths() {
        return Stream.of("restore: let go", "announce", "reach the filler", "go on", "tell the filler of a page")
                .flatMap(step -> Stream.of(Arguments.of(step, true, true), Arguments.of(step, false, false)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void whileNoServiceRuns(String lastStep, boolean rebooted, boolean sourceFirst) throws Exception {
        Trouble trouble = Trouble.NONE.following(true);
        try (Handover handover =
                new Handover(trouble, PATIENCE).diesAtDestination(lastStep).run()) {
            handover.endsAtDestination(rebooted);
            handover.repair();
            if (!sourceFirst) {
                handover.recoverDestination();
            }
            handover.recoverSource();
            handover.recoverDestination();
            theCopyStaysFrozen(handover);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"AT_ONCE", "IN_THE_END"})
    void whileAnotherServiceTakesItsMemory(Loss loss) throws Exception {
        Trouble trouble = Trouble.NONE.following(true);
        try (Handover handover = new Handover(trouble, Patience.LIMIT)
                .diesAtDestination("announce")
                .run()) {
            handover.losesMemory(loss);
            handover.repair();
            handover.recoverSource();
            theCopyStaysFrozen(handover);
            handover.recoverSource();
            theCopyStaysFrozen(handover);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Loss.class,
            names = {"UNSAID", "IN_THE_END"})
    void whileTheServiceThatRestoredItDoesNotHearOfIt(Loss loss) throws Exception {
        try (Handover handover = new Handover(Trouble.NONE.following(true), Patience.LIMIT)
                .losesMemory(loss)
                .run()) {
            theCopyStaysFrozen(handover);
            handover.recoverSource();
            theCopyStaysFrozen(handover);
        }
    }

    /** It needs no more of its source: whether it has ended since is no matter of the migration. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isNoLossOnceAllOfItsMemoryIsThere(boolean sourceFirst) throws Exception {
        Trouble trouble = Trouble.NONE.following(true);
        try (Handover handover = new Handover(trouble, Patience.LIMIT)
                .diesAtDestination("remove the images")
                .run()) {
            handover.repair();
            for (int i = 0; i < 2; i++) {
                if (sourceFirst == (i == 0)) {
                    handover.recoverSource();
                } else {
                    handover.recoverDestination();
                }
            }
            assertThat(handover.trees.source().exists()).as("%s", handover).isFalse();
            assertThat(handover.trees.runsAtDestination()).as("%s", handover).isTrue();
        }
    }

    private static void theCopyStaysFrozen(Handover handover) {
        assertThat(handover.trees.source().exists()).as("%s", handover).isTrue();
        assertThat(handover.trees.source().runs()).as("%s", handover).isFalse();
        assertThat(handover.destinationRecord().map(DestinationRecord::state))
                .as("%s", handover)
                .contains(new DestinationState.Lost());
    }
}
