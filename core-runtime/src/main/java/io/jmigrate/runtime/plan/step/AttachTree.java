package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.step.Mount.Target;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Mounts what {@link OpenMappedTree} has opened (move_mount(2)), as {@link Mount} does a bind mount.
 *
 * @param tree how many others were opened before it
 * @param target inside the container, absolute
 * @param flags without those of bind mounts
 * @param cleared flags of its source that may not stay
 * @param propagation applied last
 * @param create what a missing target is made as
 */
public record AttachTree(
        int tree,
        String target,
        Set<MountFlag> flags,
        Set<MountFlag> cleared,
        Optional<Propagation> propagation,
        Target create)
        implements Step {
    public AttachTree {
        flags = Collections.unmodifiableSet(new TreeSet<>(flags));
        cleared = Collections.unmodifiableSet(new TreeSet<>(cleared));
    }

    @Override
    public String describe() {
        return "mount with mapped ids onto " + target;
    }
}
