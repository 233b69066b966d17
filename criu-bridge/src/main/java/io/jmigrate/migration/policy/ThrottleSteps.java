package io.jmigrate.migration.policy;

import java.util.List;

/**
 * How much a container is slowed, step by step.
 *
 * @param taken how many steps have been taken
 */
public record ThrottleSteps(int taken) {
    private static final List<Integer> PERCENT = List.of(80, 60, 40, 20);

    public static ThrottleSteps none() {
        return new ThrottleSteps(0);
    }

    public boolean left() {
        return taken < PERCENT.size();
    }

    /** After another one. */
    public ThrottleSteps further() {
        return new ThrottleSteps(taken + 1);
    }

    /** What the container has now of the processor time that it used before the first step. */
    public int percent() {
        return taken == 0 ? 100 : PERCENT.get(taken - 1);
    }
}
