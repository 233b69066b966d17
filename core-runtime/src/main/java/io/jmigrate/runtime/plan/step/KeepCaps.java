package io.jmigrate.runtime.plan.step;

/** Keeps the permitted capabilities over the next {@link SetUser} (PR_SET_KEEPCAPS, prctl(2)). */
public record KeepCaps() implements Step {
    @Override
    public String describe() {
        return "keep the capabilities";
    }
}
