package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.plan.step.AwaitStart;
import io.jmigrate.runtime.plan.step.Clone;
import io.jmigrate.runtime.plan.step.Execute;
import io.jmigrate.runtime.plan.step.Step;
import java.util.List;

/**
 * The steps that lead to a container's process, in order: exactly one {@link Clone}, and {@link Execute} at the end.
 *
 * @param version of the plan's form; an init refuses one that it doesn't know
 */
public record Plan(int version, List<Step> steps) {
    /** The form that this version writes. */
    public static final int VERSION = 1;

    /** The most steps of a plan. */
    public static final int STEPS_MAX = 4096;

    public Plan {
        steps = List.copyOf(steps);
        if (steps.size() > STEPS_MAX) {
            throw new IllegalArgumentException("more than " + STEPS_MAX + " steps");
        }
        if (steps.stream().filter(Clone.class::isInstance).count() != 1) {
            throw new IllegalArgumentException("a plan has exactly one clone step");
        }
        if (!(steps.getLast() instanceof Execute)) {
            throw new IllegalArgumentException("a plan ends with the execute step");
        }
    }

    /** Whether it makes a container, as the plans that {@code jmigrate plan} prints do, rather than enters one. */
    public boolean makesContainer() {
        return steps.contains(new AwaitStart());
    }

    /**
     * The step that makes the process.
     *
     * @throws java.util.NoSuchElementException for a plan without one, which the native init refuses
     */
    public Clone cloneStep() {
        return steps.stream()
                .filter(Clone.class::isInstance)
                .map(Clone.class::cast)
                .findFirst()
                .orElseThrow();
    }

    public static Plan of(List<Step> steps) {
        return new Plan(VERSION, steps);
    }
}
