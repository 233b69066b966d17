package io.jmigrate.runtime.plan.step;

/** Waits until the runtime has made the container's network and has run its {@code prestart} and {@code createRuntime} hooks. */
public record AwaitRuntime() implements Step {
    @Override
    public String describe() {
        return "wait for the runtime's hooks";
    }
}
