package io.jmigrate.runtime.plan;

import io.jmigrate.runtime.plan.step.MoveRoot;
import io.jmigrate.runtime.plan.step.PivotRoot;
import io.jmigrate.runtime.plan.step.Step;

/** How a container's process comes into its root filesystem. */
public enum RootEntry {
    /** With pivot_root(2), which leaves none of the host's mounts behind. */
    PIVOT,

    /** With chroot(2), for hosts whose own root is the kernel's first ramfs, which can't be pivoted; it confines less. */
    MOVE;

    Step step() {
        return switch (this) {
            case PIVOT -> new PivotRoot();
            case MOVE -> new MoveRoot();
        };
    }
}
