package io.jmigrate.runtime.plan.step;

/**
 * Makes a symbolic link inside the root filesystem, with missing parents; the same link may be there already.
 *
 * @param path of the link inside the container, absolute
 * @param target what it says, for example {@code /proc/self/fd}
 */
public record Symlink(String path, String target) implements Step {
    @Override
    public String describe() {
        return "link " + path + " to " + target;
    }
}
