package io.jmigrate.runtime.plan.step;

/** Tells the runtime that the process is complete and waits for its word to go on; if the runtime goes away, the process ends. */
public record Ready() implements Step {
    @Override
    public String describe() {
        return "wait for the runtime";
    }
}
