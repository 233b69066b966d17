package io.jmigrate.runtime.plan.step;

import java.nio.file.Path;

/**
 * Makes the root filesystem a mount point by binding it to itself with all that is mounted below it, and opens it: the paths of
 * the following steps are resolved inside it. The mount it lies on becomes private, as pivot_root(2) asks.
 *
 * @param rootfs a directory on the host, absolute
 */
public record BindRoot(Path rootfs) implements Step {
    @Override
    public String describe() {
        return "bind the root filesystem " + rootfs;
    }
}
