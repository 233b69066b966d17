package io.jmigrate.runtime.plan.step;

/** Makes the container's root filesystem read-only. After {@link PivotRoot}. */
public record RemountRootReadonly() implements Step {
    @Override
    public String describe() {
        return "make the root filesystem read-only";
    }
}
