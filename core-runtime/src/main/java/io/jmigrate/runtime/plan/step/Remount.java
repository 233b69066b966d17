package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountFlag;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Changes the flags of an existing mount point (MS_REMOUNT|MS_BIND, mount(2)); flags that are not given are cleared.
 *
 * @param target inside the container, absolute
 */
public record Remount(String target, Set<MountFlag> flags) implements Step {
    public Remount {
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }

    @Override
    public String describe() {
        return "remount " + target;
    }
}
