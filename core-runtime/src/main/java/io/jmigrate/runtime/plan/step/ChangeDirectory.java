package io.jmigrate.runtime.plan.step;

/**
 * Changes the working directory (chdir(2)) and checks that it lies inside the container's root.
 *
 * @param path inside the container, absolute
 */
public record ChangeDirectory(String path) implements Step {
    @Override
    public String describe() {
        return "change the working directory to " + path;
    }
}
