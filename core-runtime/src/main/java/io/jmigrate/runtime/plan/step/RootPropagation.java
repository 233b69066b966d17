package io.jmigrate.runtime.plan.step;

import io.jmigrate.runtime.linux.Propagation;
import java.util.Locale;

/** Sets how mounts spread between the new mount namespace's root and the host, before anything is mounted. */
public record RootPropagation(Propagation propagation) implements Step {
    @Override
    public String describe() {
        return "make the mounts of the new namespace " + propagation.name().toLowerCase(Locale.ROOT);
    }
}
