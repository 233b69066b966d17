package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountFlag;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes something that is mounted (MS_REMOUNT, mount(2)). Flags that are not given are cleared, but for those that a user namespace
 * locks.
 *
 * @param target inside the container, absolute
 * @param mountPoint whether the flags of this mount point change, or flags and options of its filesystem
 * @param cleared flags that may not stay even if they are locked
 * @param data options of the filesystem, comma separated; may be empty
 */
public record ReconfigureMount(
        String target, boolean mountPoint, Set<MountFlag> flags, Set<MountFlag> cleared, String data) implements Step {
    public ReconfigureMount {
        flags = Collections.unmodifiableSet(new TreeSet<>(flags));
        cleared = Collections.unmodifiableSet(new TreeSet<>(cleared));
    }

    @Override
    public String describe() {
        return "remount " + target;
    }
}
