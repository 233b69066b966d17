package io.jmigrate.criu.request;

import io.jmigrate.runtime.linux.SecurityModule;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What is other in a restored tree than it was at the dump, and how the restore goes if not in the way that fits most.
 *
 * @param lsmProfile what a security module is to go by for all processes
 * @param lsmMountContext SELinux's context of the mounts that had one
 * @param autoDedup whether memory is taken out of the images as soon as it is restored
 */
public record RestoreTerms(Optional<LsmProfile> lsmProfile, Optional<String> lsmMountContext, boolean autoDedup) {
    /** All is as it was. */
    public static final RestoreTerms NONE = new RestoreTerms(Optional.empty(), Optional.empty(), false);

    public RestoreTerms {
        Objects.requireNonNull(lsmProfile);
        Objects.requireNonNull(lsmMountContext);
    }

    public RestoreTerms withLsmProfile(LsmProfile profile) {
        return new RestoreTerms(Optional.of(profile), lsmMountContext, autoDedup);
    }

    public RestoreTerms withLsmMountContext(String context) {
        return new RestoreTerms(lsmProfile, Optional.of(context), autoDedup);
    }

    public RestoreTerms withAutoDedup(boolean wanted) {
        return new RestoreTerms(lsmProfile, lsmMountContext, wanted);
    }

    /** The security module that this takes and that isn't there. @param enabled whether the host's kernel uses a module */
    public Optional<SecurityModule> missing(Predicate<SecurityModule> enabled) {
        return lsmProfile.map(LsmProfile::module).filter(enabled.negate()).or(() -> lsmMountContext
                .map(_ -> SecurityModule.SELINUX)
                .filter(enabled.negate()));
    }
}
