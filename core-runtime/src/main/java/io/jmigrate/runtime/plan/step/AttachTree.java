package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.MountFlag;
import io.jmigrate.runtime.linux.Propagation;
import io.jmigrate.runtime.plan.step.Mount.Target;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Mounts what {@link OpenMappedTree} has opened (move_mount(2)), as {@link Mount} does a bind mount.
 *
 * @param tree how many others were opened before it
 * @param target inside the container, absolute
 * @param flags without those of bind mounts
 * @param propagation applied last
 * @param create what a missing target is made as
 */
public record AttachTree(
        int tree, String target, Set<MountFlag> flags, Optional<Propagation> propagation, Target create)
        implements Step {
    public AttachTree {
        flags = flags.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(flags));
    }

    @Override
    public String describe() {
        return "mount with mapped ids onto " + target;
    }
}
