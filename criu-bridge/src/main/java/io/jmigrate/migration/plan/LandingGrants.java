package io.jmigrate.migration.plan;

import io.jmigrate.archive.consent.SpecPart;
import io.jmigrate.criu.confine.ConfinedPart;
import io.jmigrate.runtime.linux.Capability;
import java.util.Set;

/**
 * In what a peer's container may have more than the usual one.
 *
 * @param config parts of its config.json that are taken as they are, as of an archive's that nobody vouches for
 * @param capabilities that it may have besides the usual ones
 * @param images in what its images may exceed its config
 */
public record LandingGrants(Set<SpecPart> config, Set<Capability> capabilities, Set<ConfinedPart> images) {
    public static final LandingGrants NONE = new LandingGrants(Set.of(), Set.of(), Set.of());

    public LandingGrants {
        config = Set.copyOf(config);
        capabilities = Set.copyOf(capabilities);
        images = Set.copyOf(images);
    }

    /** Whether it may have this capability, which is none of the usual ones. */
    boolean include(Capability capability) {
        return config.contains(SpecPart.CAPABILITIES) || capabilities.contains(capability);
    }
}
