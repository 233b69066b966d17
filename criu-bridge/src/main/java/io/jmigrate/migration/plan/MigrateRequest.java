package io.jmigrate.migration.plan;

import io.jmigrate.migration.policy.Compress;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.SwitchOverLimits;
import io.jmigrate.pages.track.TrackerKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks for the migration of one running container.
 *
 * @param root the source's runtime root
 * @param container the container's id
 * @param peer where the destination's node service listens
 * @param rootfs how its root filesystem gets there
 * @param insecure plaintext without certificates; the destination must ask for the same
 * @param patience how long one answer of the peer may take before it counts as lost
 * @param verifyMemory whether all memory is compared at both ends before the commit
 * @param tracker how changes of memory are to be found; empty: as the host does best
 * @param limits what it may take
 * @param onStall what becomes of it if that can't be kept
 * @param bandwidthMax bytes a second that its data connections may take
 * @param network what becomes of its addresses and connections
 * @param compress whether its pages are compressed
 */
public record MigrateRequest(
        Path root,
        String container,
        PeerAddress peer,
        RootfsMode rootfs,
        boolean insecure,
        Duration patience,
        boolean verifyMemory,
        Optional<TrackerKind> tracker,
        SwitchOverLimits limits,
        OnStall onStall,
        OptionalLong bandwidthMax,
        NetworkTerms network,
        Compress compress) {
    /** Enough for a peer that swaps; a broken connection is noticed at once. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    public MigrateRequest {
        Objects.requireNonNull(root);
        Objects.requireNonNull(container);
        Objects.requireNonNull(peer);
        Objects.requireNonNull(rootfs);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(tracker);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(onStall);
        Objects.requireNonNull(bandwidthMax);
        Objects.requireNonNull(network);
        Objects.requireNonNull(compress);
    }

    /** With the usual limits, whatever comes of them; without comparing memory, and as the host does it best. */
    public MigrateRequest(
            Path root, String container, PeerAddress peer, RootfsMode rootfs, boolean insecure, Duration patience) {
        this(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                false,
                Optional.empty(),
                SwitchOverLimits.DEFAULT,
                OnStall.STOP_AND_COPY,
                OptionalLong.empty(),
                NetworkTerms.KEEP,
                Compress.AUTO);
    }

    /** The same migration with other limits. */
    public MigrateRequest within(SwitchOverLimits other, OnStall otherOnStall) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verifyMemory,
                tracker,
                other,
                otherOnStall,
                bandwidthMax,
                network,
                compress);
    }

    /** The same migration, with memory compared or not. */
    public MigrateRequest verifyingMemory(boolean verify) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verify,
                tracker,
                limits,
                onStall,
                bandwidthMax,
                network,
                compress);
    }

    /** The same migration, with another choice of the tracker. */
    public MigrateRequest tracking(Optional<TrackerKind> kind) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verifyMemory,
                kind,
                limits,
                onStall,
                bandwidthMax,
                network,
                compress);
    }

    /** The same migration, that may take so much of the link. @param bytesASecond empty: all of it */
    public MigrateRequest taking(OptionalLong bytesASecond) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verifyMemory,
                tracker,
                limits,
                onStall,
                bytesASecond,
                network,
                compress);
    }

    /** The same migration, with other terms of the network. */
    public MigrateRequest on(NetworkTerms terms) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verifyMemory,
                tracker,
                limits,
                onStall,
                bandwidthMax,
                terms,
                compress);
    }

    /** The same migration, whose pages are compressed or not. */
    public MigrateRequest compressing(Compress choice) {
        return new MigrateRequest(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                verifyMemory,
                tracker,
                limits,
                onStall,
                bandwidthMax,
                network,
                choice);
    }
}
