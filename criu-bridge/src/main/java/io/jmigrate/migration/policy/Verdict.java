package io.jmigrate.migration.policy;

import java.util.List;
import java.util.Objects;

/**
 * What is decided after a round, and what is foreseen.
 *
 * @param decision over what is known
 * @param forecast how it will go on
 */
public record Verdict(Decision decision, Forecast forecast) {
    public Verdict {
        Objects.requireNonNull(decision);
        Objects.requireNonNull(forecast);
    }

    /**
     * Over all of a group, or the one that is alone.
     *
     * @param steps how far they have been slowed
     */
    public static Verdict over(List<Standing> all, SwitchOverLimits limits, OnStall onStall, ThrottleSteps steps) {
        Standing sum = Standing.together(all);
        return new Verdict(
                SwitchOver.decide(sum.rounds(), sum.fixed(), limits),
                Forecast.of(sum.rounds(), sum.fixed(), limits, onStall, steps));
    }
}
