package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Mounts something inside the root filesystem (mount(2)). The target is made if it is missing, with its parents.
 *
 * <p>A bind mount ({@link MountFlag#BIND}) takes its source from the host; its other flags are applied by a second call, keeping
 * those that a user namespace locks. For {@code proc} and {@code sysfs} the target may not be a symbolic link. A {@code tmpfs}
 * without {@code mode=} in its data gets the mode of the directory that it covers.
 *
 * @param source a path of the host for a bind mount, else what the filesystem expects; may be empty
 * @param target inside the container, absolute
 * @param fstype for example {@code tmpfs}; empty for a bind mount
 * @param flags without propagation
 * @param cleared flags of a bind mount's source that may not stay
 * @param propagation applied last
 * @param data options of the filesystem, comma separated; may be empty
 * @param create what a missing target is made as
 * @param copiesUp whether the content of the directory that a {@code tmpfs} covers is copied into it
 */
public record Mount(
        String source,
        String target,
        String fstype,
        Set<MountFlag> flags,
        Set<MountFlag> cleared,
        Optional<Propagation> propagation,
        String data,
        Target create,
        boolean copiesUp)
        implements Step {
    /** What a missing mount target becomes. */
    public enum Target {
        DIRECTORY,
        FILE
    }

    public Mount {
        flags = Collections.unmodifiableSet(new TreeSet<>(flags));
        cleared = Collections.unmodifiableSet(new TreeSet<>(cleared));
    }

    /** Without a copy, and with nothing to be cleared. */
    public Mount(
            String source,
            String target,
            String fstype,
            Set<MountFlag> flags,
            Optional<Propagation> propagation,
            String data,
            Target create) {
        this(source, target, fstype, flags, Set.of(), propagation, data, create, false);
    }

    @Override
    public String describe() {
        boolean bind = flags.contains(MountFlag.BIND);
        return (bind ? "bind " : "mount ") + (bind || fstype.isEmpty() ? source : fstype) + " onto " + target;
    }
}
