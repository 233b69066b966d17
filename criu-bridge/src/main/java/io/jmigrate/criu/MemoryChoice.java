package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.criu.request.MemoryMode;
import io.jmigrate.runtime.failure.Failure;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides when a tree's memory comes: a pure function of what is wanted and what is known of the tree.
 *
 * @param mode what is wanted
 * @param lazyBytes how much memory could come later
 * @param dedup whether memory is taken out of the images as soon as CRIU has read it
 * @param ownUsers whether the tree has a user namespace of its own: the kernel gives a userfaultfd that sees forks to nobody in there
 *     (userfaultfd(2), UFFD_FEATURE_EVENT_FORK needs CAP_SYS_PTRACE on the host)
 * @param ownPids whether it has a pid namespace of its own, which dies with its first process: so it is killed as a whole if its
 *     memory can't come
 * @param shadowStacks whether a process has one: CRIU copies it before the tree runs, and must have it then
 * @param limitBytes how much memory it may have. Of what its processes share after a fork each gets its own where it comes later; CRIU
 *     lets them share it
 */
record MemoryChoice(
        MemoryMode mode,
        long lazyBytes,
        boolean dedup,
        boolean ownUsers,
        boolean ownPids,
        boolean shadowStacks,
        OptionalLong limitBytes) {
    /** Less memory is read about as soon as a process is started that brings it later. */
    static final long PAYS_FROM_BYTES = 32L << 20;

    /** A tenth of the limit is for what is not private memory. */
    private static final int MARGIN = 10;

    /** Why no memory of a tree with a user namespace of its own can come later, whoever brings it. */
    static final String NO_FORKS = "the kernel gives nobody in a user namespace a userfaultfd that tells of forks";

    /** Why all memory comes before the tree runs; empty if it comes later. */
    Optional<String> eagerBecause() {
        if (mode == MemoryMode.EAGER) {
            return Optional.of("it was asked for");
        }
        if (dedup) {
            return Optional.of("CRIU takes memory out of the images while it reads it");
        }
        if (ownUsers) {
            return Optional.of(NO_FORKS);
        }
        if (!ownPids) {
            return Optional.of(
                    "a tree without a pid namespace of its own can't be killed as a whole if its memory stops coming");
        }
        if (shadowStacks) {
            return Optional.of("a program has a shadow stack, which CRIU wants before it runs");
        }
        if (mode == MemoryMode.AUTOMATIC
                && limitBytes.isPresent()
                && lazyBytes > limitBytes.getAsLong() - limitBytes.getAsLong() / MARGIN) {
            return Optional.of("its processes have " + (lazyBytes >> 20)
                    + " MiB if each gets its own, and the limit is " + (limitBytes.getAsLong() >> 20) + " MiB");
        }
        if (mode == MemoryMode.AUTOMATIC && lazyBytes < PAYS_FROM_BYTES) {
            return Optional.of("for " + (lazyBytes >> 10) + " KiB it would take longer");
        }
        return Optional.empty();
    }

    /** @throws Failure FEATURE_MISSING if a lazy restore was insisted on */
    static void refuseEager(MemoryMode mode, String subject, String why) {
        if (mode == MemoryMode.LAZY) {
            throw Failure.of(
                    CriuCode.FEATURE_MISSING, "cannot restore " + subject + " before its memory is there: " + why);
        }
    }
}
