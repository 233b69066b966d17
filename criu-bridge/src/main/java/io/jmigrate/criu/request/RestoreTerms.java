package io.jmigrate.criu.request;

import io.jmigrate.criu.confine.ConfinedPart;
import io.jmigrate.runtime.linux.SecurityModule;
import io.jmigrate.runtime.spec.SpecChanges;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What is other in a restored tree than it was at the dump, and how the restore goes if not in the way that fits most.
 *
 * @param lsmProfile what a security module is to go by for all processes
 * @param lsmMountContext SELinux's context of the mounts that had one
 * @param autoDedup whether memory is taken out of the images as soon as it is restored
 * @param changes what is other than config.json has it
 * @param moves what its sockets get in place of what they had
 * @param verifyFiles whether files that are not as they were are reported all together, before anything is done
 * @param strangers in what images may exceed the bundle that nobody vouches for; absent if they are believed
 * @param timeout how long CRIU may be without a sign of life; absent: as it fits most
 */
public record RestoreTerms(
        Optional<LsmProfile> lsmProfile,
        Optional<String> lsmMountContext,
        boolean autoDedup,
        SpecChanges changes,
        SocketMoves moves,
        boolean verifyFiles,
        Optional<Set<ConfinedPart>> strangers,
        Optional<Duration> timeout) {
    /** All is as it was. */
    public static final RestoreTerms NONE = new RestoreTerms(
            Optional.empty(),
            Optional.empty(),
            false,
            SpecChanges.NONE,
            SocketMoves.NONE,
            false,
            Optional.empty(),
            Optional.empty());

    public RestoreTerms {
        Objects.requireNonNull(lsmProfile);
        Objects.requireNonNull(lsmMountContext);
        Objects.requireNonNull(changes);
        Objects.requireNonNull(moves);
        strangers = strangers.map(Set::copyOf);
        Objects.requireNonNull(timeout);
    }

    public RestoreTerms withLsmProfile(LsmProfile profile) {
        return new RestoreTerms(
                Optional.of(profile), lsmMountContext, autoDedup, changes, moves, verifyFiles, strangers, timeout);
    }

    public RestoreTerms withLsmMountContext(String context) {
        return new RestoreTerms(
                lsmProfile, Optional.of(context), autoDedup, changes, moves, verifyFiles, strangers, timeout);
    }

    public RestoreTerms withAutoDedup(boolean wanted) {
        return new RestoreTerms(lsmProfile, lsmMountContext, wanted, changes, moves, verifyFiles, strangers, timeout);
    }

    public RestoreTerms withChanges(SpecChanges wanted) {
        return new RestoreTerms(lsmProfile, lsmMountContext, autoDedup, wanted, moves, verifyFiles, strangers, timeout);
    }

    public RestoreTerms withMoves(SocketMoves wanted) {
        return new RestoreTerms(
                lsmProfile, lsmMountContext, autoDedup, changes, wanted, verifyFiles, strangers, timeout);
    }

    public RestoreTerms withVerifyFiles(boolean wanted) {
        return new RestoreTerms(lsmProfile, lsmMountContext, autoDedup, changes, moves, wanted, strangers, timeout);
    }

    public RestoreTerms withStrangers(Set<ConfinedPart> consented) {
        return new RestoreTerms(
                lsmProfile, lsmMountContext, autoDedup, changes, moves, verifyFiles, Optional.of(consented), timeout);
    }

    public RestoreTerms withTimeout(Duration limit) {
        return new RestoreTerms(
                lsmProfile, lsmMountContext, autoDedup, changes, moves, verifyFiles, strangers, Optional.of(limit));
    }

    /** The security module that this takes and that isn't there. @param enabled whether the host's kernel uses a module */
    public Optional<SecurityModule> missing(Predicate<SecurityModule> enabled) {
        return lsmProfile.map(LsmProfile::module).filter(enabled.negate()).or(() -> lsmMountContext
                .map(_ -> SecurityModule.SELINUX)
                .filter(enabled.negate()));
    }
}
