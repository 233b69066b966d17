package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SwitchOverTest {
    private static final long MIB = 1 << 20;
    private static final long MILLI = 1_000_000;
    private static final FixedCost FIXED = new FixedCost(100 * MILLI, 0, FixedCost.Origin.MEASURED);

    /** A link that takes 100 MiB a second, with nothing lost between rounds. */
    private static Round round(long mib) {
        return new Round(mib * MIB, mib * MIB, mib * 10 * MILLI);
    }

    private static Rounds after(Round... rounds) {
        return new Rounds(List.of(rounds), OptionalLong.empty(), elapsed(rounds), 0);
    }

    private static Rounds pending(double mib, Round... rounds) {
        return new Rounds(List.of(rounds), OptionalLong.of((long) (mib * MIB)), elapsed(rounds), 0);
    }

    private static long elapsed(Round... rounds) {
        return List.of(rounds).stream().mapToLong(Round::nanos).sum();
    }

    private static Decision decide(Rounds rounds) {
        return SwitchOver.decide(rounds, FIXED, SwitchOverLimits.DEFAULT);
    }

    private static StallReason stall(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Stall.class);
        return ((Decision.Stall) decision).reason();
    }

    @Test
    void copiesOnceMoreAfterAFirstRoundThatTookLong() {
        assertThat(decide(after(round(256)))).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void freezesATinyContainerAfterOneRound() {
        assertThat(decide(after(round(1)))).isInstanceOf(Decision.SwitchNow.class);
    }

    @Test
    void predictsTheFixedCostAndTheDirtyBytesByTheBandwidth() {
        Prediction prediction = decide(pending(10, round(256))).prediction();

        assertThat(prediction.downtimeNanos()).isEqualTo(200 * MILLI);
        assertThat(prediction.dirtyRate()).isCloseTo(10 * MIB / 2.56, org.assertj.core.data.Offset.offset(1.0));
    }

    @Test
    void predictsLockedMemoryWhichNoRoundTakesAhead() {
        Rounds rounds = pending(1, round(256));
        Standing half = new Standing(rounds, FIXED, 15 * MIB);

        assertThat(half.fixed().nanos()).isEqualTo(250 * MILLI);
        assertThat(Standing.together(List.of(half, half)).lockedBytes()).isEqualTo(30 * MIB);
        Decision much =
                SwitchOver.decide(rounds, new Standing(rounds, FIXED, 8192 * MIB).fixed(), SwitchOverLimits.DEFAULT);
        assertThat(stall(much)).isEqualTo(StallReason.FIXED_COST);
    }

    @Test
    void countsWhatARoundCostsBesidesSending() {
        Round small = new Round(MIB, MIB, 60 * MILLI);

        assertThat(decide(pending(1, round(256), small)).prediction().downtimeNanos())
                .isEqualTo(160 * MILLI);
    }

    @Test
    void makesAnAllowedDowntimeShorterAsLongAsThatCostsLittle() {
        assertThat(decide(pending(15, round(256)))).isInstanceOf(Decision.AnotherRound.class);
        assertThat(decide(pending(0.5, round(256)))).isInstanceOf(Decision.SwitchNow.class);
    }

    @Test
    void stallsWhereAsMuchIsWrittenAsIsSent() {
        assertThat(stall(decide(after(round(256), round(256), round(250))))).isEqualTo(StallReason.WRITES_TOO_FAST);
        assertThat(stall(decide(pending(250, round(256), round(256))))).isEqualTo(StallReason.WRITES_TOO_FAST);
    }

    @Test
    void goesOnAsLongAsRoundsShrink() {
        assertThat(decide(after(round(256), round(150)))).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void takesOneRoundThatIsNotSmallerForABurst() {
        assertThat(decide(pending(256, round(256)))).isInstanceOf(Decision.AnotherRound.class);
        assertThat(decide(after(round(256), round(256), round(100)))).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void saysWhenRoundsShrinkTooSlowlyForThoseThatAreLeft() {
        assertThat(stall(decide(pending(820, round(1000), round(905))))).isEqualTo(StallReason.CONVERGES_TOO_SLOWLY);
        assertThat(decide(pending(320, round(1000), round(560)))).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void stallsWhenTheRoundsAreUsedUp() {
        SwitchOverLimits two = new SwitchOverLimits(Duration.ofMillis(300), 2, Optional.empty());

        assertThat(stall(SwitchOver.decide(after(round(256), round(100)), FIXED, two)))
                .isEqualTo(StallReason.ROUNDS_USED_UP);
    }

    @Test
    void stallsBeforeTheDeadlineIsMissed() {
        SwitchOverLimits soon = new SwitchOverLimits(Duration.ofMillis(300), 16, Optional.of(Duration.ofMillis(3900)));

        assertThat(stall(SwitchOver.decide(pending(130, round(256)), FIXED, soon)))
                .isEqualTo(StallReason.DEADLINE);
        assertThat(SwitchOver.decide(pending(110, round(256)), FIXED, soon)).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void saysWhenTheFixedCostAloneIsTooMuchButMakesTheRestSmallFirst() {
        SwitchOverLimits tight = new SwitchOverLimits(Duration.ofMillis(90), 16, Optional.empty());

        assertThat(SwitchOver.decide(pending(50, round(256)), FIXED, tight)).isInstanceOf(Decision.AnotherRound.class);
        assertThat(stall(SwitchOver.decide(pending(0.5, round(256)), FIXED, tight)))
                .isEqualTo(StallReason.FIXED_COST);
    }

    @Test
    void comparesOnlyRoundsSinceTheContainerWasSlowed() {
        List<Round> rounds = List.of(round(256), round(250), round(250));
        assertThat(decide(after(round(256), round(250), round(250)))).isInstanceOf(Decision.Stall.class);
        Rounds slowed = new Rounds(rounds, OptionalLong.empty(), 0, 2);

        assertThat(decide(slowed)).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void takesWhatIsDirtyForMoreTheLongerTheLastRoundIsOver() {
        List<Round> rounds = List.of(round(256), round(20), round(2));
        Rounds soon = new Rounds(rounds, OptionalLong.empty(), 0, 0, MILLI);
        Rounds late = new Rounds(rounds, OptionalLong.empty(), 0, 0, 10_000 * MILLI);

        assertThat(decide(soon).prediction().dirtyBytes()).isEqualTo(2 * MIB);
        assertThat(decide(soon)).isInstanceOf(Decision.SwitchNow.class);
        assertThat(decide(late).prediction().dirtyBytes()).isBetween(100 * MIB, 101 * MIB);
        assertThat(decide(late)).isInstanceOf(Decision.AnotherRound.class);
    }

    @Test
    void takesCountedPagesForWhatWasWrittenSinceTheLastRoundBegan() {
        Rounds late = new Rounds(List.of(round(256)), OptionalLong.of(10 * MIB), 0, 0, 2_440 * MILLI);

        assertThat(late.dirtyRate()).isCloseTo(2.0 * MIB, org.assertj.core.data.Offset.offset(1.0));
    }

    @Test
    void takesZeroPagesForNoBandwidthOnlyIfThereIsNothingElse() {
        Round zeros = new Round(256 * MIB, 0, 100 * MILLI);

        assertThat(pending(1, zeros).bandwidth()).isGreaterThan(0);
        assertThat(decide(pending(1, zeros)).prediction().downtimeNanos()).isGreaterThan(100 * MILLI);
    }
}
