package io.jmigrate.migration.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jmigrate.migration.policy.DirtyCurve.Point;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ForecastTest {
    private static final long MIB = 1 << 20;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;
    private static final FixedCost FIXED = new FixedCost(150 * MILLI, 0, FixedCost.Origin.MEASURED);

    /** After one round of 1000 MiB at 100 MiB/s. */
    private static Forecast of(DirtyCurve writes, OnStall onStall) {
        Round first = new Round(1000 * MIB, 1000 * MIB, 10 * SECOND);
        Rounds known = new Rounds(List.of(first), OptionalLong.of(writes.within(first.nanos())), first.nanos(), 0);
        return Forecast.of(known, writes, FIXED, SwitchOverLimits.DEFAULT, onStall, ThrottleSteps.none());
    }

    private static DirtyCurve writing(long mib) {
        return new DirtyCurve(List.of(new Point(SECOND, mib * MIB)), 1000 * MIB);
    }

    @Test
    void foreseesWhatASimulationDoes() {
        Trace trace = Trace.steady(1000 * MIB, 50 * MIB);
        Simulation.End simulated =
                new Simulation(trace, 100.0 * MIB, 0, FIXED, true).run(SwitchOverLimits.DEFAULT, OnStall.STOP_AND_COPY);
        Forecast forecast = of(writing(50), OnStall.STOP_AND_COPY);

        assertThat(forecast.rounds()).isEqualTo(simulated.rounds().size());
        assertThat(forecast.end().prediction().downtimeNanos() / MILLI).isEqualTo(simulated.downtimeNanos() / MILLI);
        assertThat(forecast.sentBytes() + 1000 * MIB)
                .isBetween(simulated.sentBytes() - MIB, simulated.sentBytes() + MIB);
    }

    @Test
    void endsAtOnceWhereNothingIsWritten() {
        Forecast forecast = of(writing(0), OnStall.ABORT);

        assertThat(forecast.rounds()).isEqualTo(1);
        assertThat(forecast.remainingNanos()).isEqualTo(FIXED.nanos());
    }

    @Test
    void foreseesHowFarAContainerIsSlowed() {
        Forecast forecast = of(writing(200), OnStall.THROTTLE);

        assertThat(forecast.steps().percent()).isLessThan(60);
        assertThat(forecast.end()).isInstanceOf(Decision.SwitchNow.class);
        assertThat(of(writing(200), OnStall.STOP_AND_COPY).end()).isInstanceOf(Decision.Stall.class);
    }

    @Test
    void readsACurveBetweenItsPointsAndBeyond() {
        DirtyCurve curve =
                new DirtyCurve(List.of(new Point(2 * SECOND, 60 * MIB), new Point(SECOND, 50 * MIB)), 100 * MIB);

        assertThat(curve.within(SECOND / 2.0)).isEqualTo(25 * MIB);
        assertThat(curve.within(1.5 * SECOND)).isEqualTo(55 * MIB);
        assertThat(curve.within(4.0 * SECOND)).isEqualTo(80 * MIB);
        assertThat(curve.within(60.0 * SECOND)).isEqualTo(100 * MIB);
    }
}
