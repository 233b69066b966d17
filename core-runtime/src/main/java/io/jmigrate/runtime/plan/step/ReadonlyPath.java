package io.jmigrate.runtime.plan.step;

/** Makes a path read-only by binding it to itself; a missing one is fine. After {@link PivotRoot}. */
public record ReadonlyPath(String path) implements Step {
    @Override
    public String describe() {
        return "make " + path + " read-only";
    }
}
