package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;

/** Sets how mounts spread from the container's root ({@code linux.rootfsPropagation}). After {@link PivotRoot}. */
public record RootfsPropagation(Propagation propagation) implements Step {
    @Override
    public String describe() {
        return "make the root filesystem " + propagation.name().toLowerCase(Locale.ROOT);
    }
}
