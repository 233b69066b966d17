package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds whatever was measured. */
class SwitchOverPropertyTest {
    private static final long MIB = 1 << 20;
    private static final long HOUR = 3_600_000_000_000L;

    @Provide
    Arbitrary<List<Round>> rounds() {
        Arbitrary<Long> bytes = Arbitraries.longs().between(0, 1L << 40);
        Arbitrary<Long> nanos = Arbitraries.longs().between(0, HOUR);
        return Combinators.combine(bytes, bytes, nanos)
                .as(Round::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<SwitchOverLimits> limits() {
        Arbitrary<Duration> times = Arbitraries.longs().between(0, HOUR).map(Duration::ofNanos);
        Arbitrary<Optional<Duration>> deadline = times.optional();
        return Combinators.combine(times, Arbitraries.integers().between(1, 30), deadline)
                .as(SwitchOverLimits::new);
    }

    private static FixedCost fixed(long nanos) {
        return new FixedCost(nanos, nanos / 3, FixedCost.Origin.MEASURED);
    }

    @Property
    void predictsAtLeastTheFixedCostAndMoreForMoreDirtyBytes(
            @ForAll("rounds") List<Round> rounds,
            @ForAll @LongRange(min = 0, max = HOUR) long fixed,
            @ForAll @LongRange(min = 0, max = 1L << 40) long few,
            @ForAll @LongRange(min = 0, max = 1L << 40) long more) {
        Prediction less = Prediction.of(pending(rounds, few), fixed(fixed));
        Prediction greater = Prediction.of(pending(rounds, few + more), fixed(fixed));

        assertThat(less.downtimeNanos()).isGreaterThanOrEqualTo(fixed);
        assertThat(greater.downtimeNanos()).isGreaterThanOrEqualTo(less.downtimeNanos());
    }

    private static Rounds pending(List<Round> rounds, long bytes) {
        return new Rounds(rounds, OptionalLong.of(bytes), 0, 0);
    }

    @Property
    void freezesOnlyForADowntimeThatIsAllowedAndStallsOnlyForOneThatIsNot(
            @ForAll("rounds") List<Round> rounds,
            @ForAll("limits") SwitchOverLimits limits,
            @ForAll @LongRange(min = 0, max = HOUR) long fixed,
            @ForAll @IntRange(min = 0, max = 20) int comparableFrom) {
        Rounds known = new Rounds(rounds, OptionalLong.empty(), 0, comparableFrom);
        Decision decision = SwitchOver.decide(known, fixed(fixed), limits);
        long downtime = decision.prediction().downtimeNanos();

        switch (decision) {
            case Decision.SwitchNow _ ->
                assertThat(downtime).isLessThanOrEqualTo(limits.maxDowntime().toNanos());
            case Decision.Stall _ ->
                assertThat(downtime).isGreaterThan(limits.maxDowntime().toNanos());
            case Decision.AnotherRound _ -> assertThat(rounds.size()).isLessThan(limits.maxRounds());
        }
    }

    @Property
    void endsWithinTheRoundsThatAreAllowed(
            @ForAll @LongRange(min = 0, max = 4096) long memoryMib,
            @ForAll @LongRange(min = 0, max = 4096) long rateMib,
            @ForAll @IntRange(min = 1, max = 2000) int linkMib,
            @ForAll boolean counted,
            @ForAll OnStall onStall,
            @ForAll("limits") SwitchOverLimits limits) {
        Trace trace = Trace.steady(memoryMib * MIB, rateMib * MIB);
        Simulation.End end = new Simulation(trace, linkMib * (double) MIB, 1_000_000, fixed(HOUR / 36_000), counted)
                .run(limits, onStall);

        assertThat(end.rounds()).hasSizeLessThanOrEqualTo(limits.maxRounds());
    }

    @Property
    void isRightAboutTheDowntimeWhereTheDirtyBytesAreCounted(
            @ForAll @LongRange(min = 1, max = 4096) long memoryMib,
            @ForAll @LongRange(min = 0, max = 4096) long rateMib,
            @ForAll @IntRange(min = 1, max = 2000) int linkMib) {
        Trace trace = Trace.steady(memoryMib * MIB, rateMib * MIB);
        Simulation.End end = new Simulation(trace, linkMib * (double) MIB, 1_000_000, fixed(100_000_000), true)
                .run(SwitchOverLimits.DEFAULT, OnStall.STOP_AND_COPY);

        assertThat((double) end.predictedNanos() / end.downtimeNanos()).isBetween(0.99, 1.01);
    }

    @Property
    void neverPromisesTooLittleOfASteadyWriterWhereTheyAreNotCounted(
            @ForAll @LongRange(min = 1, max = 4096) long memoryMib,
            @ForAll @LongRange(min = 0, max = 4096) long rateMib,
            @ForAll @IntRange(min = 1, max = 2000) int linkMib) {
        Trace trace = Trace.steady(memoryMib * MIB, rateMib * MIB);
        Simulation.End end = new Simulation(trace, linkMib * (double) MIB, 1_000_000, fixed(100_000_000), false)
                .run(SwitchOverLimits.DEFAULT, OnStall.STOP_AND_COPY);

        assertThat((double) end.predictedNanos() / end.downtimeNanos()).isGreaterThan(0.99);
    }

    @Property
    void takesTheMedianOfWhatWasMeasured(@ForAll List<@LongRange(min = 0, max = HOUR) Long> nanos) {
        FixedCost cost =
                FixedCost.of(nanos.stream().map(SwitchOverPropertyTest::fixed).toList());

        assertThat(cost.origin() == FixedCost.Origin.ASSUMED).isEqualTo(nanos.isEmpty());
        if (!nanos.isEmpty()) {
            List<Long> below = new ArrayList<>(nanos);
            below.removeIf(each -> each > cost.nanos());
            assertThat(nanos).contains(cost.nanos());
            assertThat(below).hasSizeGreaterThanOrEqualTo((nanos.size() + 1) / 2);
        }
    }
}
