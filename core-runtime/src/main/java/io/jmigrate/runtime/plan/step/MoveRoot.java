package io.jmigrate.runtime.plan.step;

/**
 * Makes the root filesystem the process's root where {@link PivotRoot} can't: moves its mount to the top (MS_MOVE) and changes to it
 * with chroot(2). The host's procfs and sysfs are taken out of the mount namespace before, or covered; its other mounts stay in it, below.
 */
public record MoveRoot() implements Step {
    @Override
    public String describe() {
        return "move the root filesystem to the top";
    }
}
