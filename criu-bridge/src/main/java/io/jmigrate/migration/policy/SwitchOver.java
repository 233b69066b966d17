package io.jmigrate.migration.policy;

import java.util.Optional;

/**
 * Decides, by what was measured in the rounds so far, whether to copy once more while the container runs or to freeze it. QEMU's
 * migration decides in the same way (migration/migration.c, migration_iteration_run); beyond it, a downtime that is allowed is
 * made shorter still as long as a round does that for little.
 */
public final class SwitchOver {
    /** A downtime that gets shorter by less than this part of the fixed cost is not worth a round. */
    private static final int LITTLE = 10;
    /** A round of more than this part of the one before it shows that the container writes about as fast as is sent. */
    private static final double SMALLER = 0.95;

    private SwitchOver() {}

    public static Decision decide(Rounds rounds, FixedCost fixed, SwitchOverLimits limits) {
        Prediction prediction = Prediction.of(rounds, fixed);
        boolean allowed = prediction.downtimeNanos() <= limits.maxDowntime().toNanos();
        boolean pays = gainNanos(rounds, prediction) > fixed.nanos() / LITTLE;
        Optional<StallReason> obstacle = obstacle(rounds, fixed, limits, prediction)
                .or(() ->
                        hopeless(prediction, limits) && !pays ? Optional.of(StallReason.FIXED_COST) : Optional.empty());
        if (allowed) {
            return pays && obstacle.isEmpty()
                    ? new Decision.AnotherRound(prediction)
                    : new Decision.SwitchNow(prediction);
        }
        return obstacle.<Decision>map(reason -> new Decision.Stall(reason, prediction))
                .orElseGet(() -> new Decision.AnotherRound(prediction));
    }

    /** By how much another round would shorten the downtime, if as much is written in a part of the time as the part is. */
    private static double gainNanos(Rounds rounds, Prediction prediction) {
        double part = prediction.roundNanos() / (double) rounds.all().getLast().nanos();
        return prediction.sendingNanos() * (1 - Math.min(1, part));
    }

    private static Optional<StallReason> obstacle(
            Rounds rounds, FixedCost fixed, SwitchOverLimits limits, Prediction prediction) {
        if (rounds.all().size() >= limits.maxRounds()) {
            return Optional.of(StallReason.ROUNDS_USED_UP);
        }
        long end = rounds.elapsedNanos() + prediction.roundNanos() + fixed.nanos();
        if (limits.deadline().filter(limit -> end > limit.toNanos()).isPresent()) {
            return Optional.of(StallReason.DEADLINE);
        }
        if (rounds.shrinkage() >= SMALLER) {
            return Optional.of(hopeless(prediction, limits) ? StallReason.FIXED_COST : StallReason.WRITES_TOO_FAST);
        }
        return Optional.of(StallReason.CONVERGES_TOO_SLOWLY).filter(_ -> tooSlow(rounds, limits, prediction));
    }

    /** Whether the rounds that are left will not do if each shrinks as the last ones did. */
    private static boolean tooSlow(Rounds rounds, SwitchOverLimits limits, Prediction prediction) {
        int left = limits.maxRounds() - rounds.all().size();
        double besides = prediction.downtimeNanos() - prediction.sendingNanos();
        double then = besides + prediction.sendingNanos() * Math.pow(rounds.shrinkage(), left);
        return !hopeless(prediction, limits) && then > limits.maxDowntime().toNanos();
    }

    /** Whether the downtime would be too long if nothing had to be sent. */
    private static boolean hopeless(Prediction prediction, SwitchOverLimits limits) {
        return prediction.downtimeNanos() - prediction.sendingNanos()
                >= limits.maxDowntime().toNanos();
    }
}
