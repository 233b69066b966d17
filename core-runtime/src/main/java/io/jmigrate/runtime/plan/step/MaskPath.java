package io.jmigrate.runtime.plan.step;

/**
 * Hides a path: a file by {@code /dev/null}, a directory by an empty read-only tmpfs; a missing one is fine. After
 * {@link PivotRoot}.
 */
public record MaskPath(String path) implements Step {
    @Override
    public String describe() {
        return "mask " + path;
    }
}
