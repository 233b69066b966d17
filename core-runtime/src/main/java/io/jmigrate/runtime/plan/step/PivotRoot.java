package io.jmigrate.runtime.plan.step;

/** Makes the root filesystem the process's root and takes the host's mounts away (pivot_root(2)). */
public record PivotRoot() implements Step {
    @Override
    public String describe() {
        return "change to the root filesystem";
    }
}
