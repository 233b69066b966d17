package io.jmigrate.runtime.plan.step;

/**
 * Makes a directory inside the root filesystem, with missing parents (mode 0755); one that is there is left alone.
 *
 * @param path inside the container, absolute
 * @param mode permission bits of the directory itself
 */
public record MakeDirectory(String path, int mode) implements Step {
    @Override
    public String describe() {
        return "make the directory " + path;
    }
}
