package io.jmigrate.runtime.plan.step;

/** Waits until the runtime has run its {@code prestart} and {@code createRuntime} hooks. */
public record AwaitRuntimeHooks() implements Step {
    @Override
    public String describe() {
        return "wait for the runtime's hooks";
    }
}
