package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;

/**
 * Changes how mounts spread from a mount point (mount(2)).
 *
 * @param target inside the container, absolute
 */
public record SetPropagation(String target, Propagation propagation) implements Step {
    @Override
    public String describe() {
        return "make the mount at " + target + " " + propagation.name().toLowerCase(Locale.ROOT);
    }
}
