package io.jmigrate.migration.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * How a migration will go on if the container writes and the link takes as much as they did: the decision, made over rounds that are yet to
 * come.
 *
 * @param rounds how many there will have been
 * @param remainingNanos from now until the container runs at the destination
 * @param sentBytes how many will have been sent from now on
 * @param end the last decision; a stall has had its answer
 * @param steps how far the container will have been slowed
 */
public record Forecast(int rounds, long remainingNanos, long sentBytes, Decision end, ThrottleSteps steps) {
    /**
     * Looks ahead.
     *
     * @param known what was measured
     * @param writes how the container writes if it is not slowed
     * @param steps how far it has been slowed already
     */
    public static Forecast of(
            Rounds known,
            DirtyCurve writes,
            FixedCost fixed,
            SwitchOverLimits limits,
            OnStall onStall,
            ThrottleSteps steps) {
        List<Round> all = new ArrayList<>(known.all());
        Rounds now = known;
        ThrottleSteps taken = steps;
        long sent = 0;
        while (true) {
            Decision decision = SwitchOver.decide(now, fixed, limits);
            Prediction prediction = decision.prediction();
            sent += prediction.dirtyBytes();
            int comparableFrom = now.comparableFrom();
            switch (answer(decision, onStall, taken)) {
                case StallAnswer.Throttle(ThrottleSteps further) -> {
                    taken = further;
                    comparableFrom = all.size();
                }
                case StallAnswer.GoOn _ -> {}
                case StallAnswer.StopAndCopy _, StallAnswer.Abort _ -> {
                    long remaining = now.elapsedNanos() - known.elapsedNanos() + prediction.downtimeNanos();
                    return new Forecast(all.size(), remaining, sent, decision, taken);
                }
                case StallAnswer.LetMemoryFollow _ -> {
                    long downtime = prediction.sendingLater().downtimeNanos();
                    long remaining = now.elapsedNanos() - known.elapsedNanos() + downtime;
                    return new Forecast(all.size(), remaining, sent, decision, taken);
                }
            }
            long nanos = Math.max(1, prediction.roundNanos());
            all.add(new Round(prediction.dirtyBytes(), prediction.dirtyBytes(), nanos));
            OptionalLong pending = OptionalLong.of(writes.within(nanos * (taken.percent() / 100.0)));
            now = new Rounds(all, pending, now.elapsedNanos() + nanos, comparableFrom);
        }
    }

    /** The same, by what the rounds themselves say of how it writes. */
    public static Forecast of(
            Rounds known, FixedCost fixed, SwitchOverLimits limits, OnStall onStall, ThrottleSteps steps) {
        long most = known.all().stream().mapToLong(Round::writtenBytes).max().orElseThrow();
        double rate = known.dirtyRate() * 100 / steps.percent();
        return of(known, DirtyCurve.of(rate, most), fixed, limits, onStall, steps);
    }

    private static StallAnswer answer(Decision decision, OnStall onStall, ThrottleSteps steps) {
        return switch (decision) {
            case Decision.AnotherRound _ -> new StallAnswer.GoOn();
            case Decision.SwitchNow _ -> new StallAnswer.StopAndCopy();
            case Decision.Stall(StallReason reason, Prediction _) -> StallAnswer.to(reason, onStall, steps);
        };
    }
}
