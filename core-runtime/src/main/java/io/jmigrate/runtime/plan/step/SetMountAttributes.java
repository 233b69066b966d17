package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountAttribute;
import java.util.Set;

/**
 * Changes attributes of a mount and of all mounts below it (mount_setattr(2) with AT_RECURSIVE).
 *
 * @param target inside the container, absolute
 * @param set to be there, at most one of access times
 * @param cleared to be taken away, none of access times
 */
public record SetMountAttributes(String target, Set<MountAttribute> set, Set<MountAttribute> cleared) implements Step {
    @Override
    public String describe() {
        return "change the attributes of the mounts from " + target + " on";
    }
}
