package io.jmigrate.migration.plan;

import io.jmigrate.migration.policy.MigrateMode;
import io.jmigrate.migration.policy.OnStall;
import io.jmigrate.migration.policy.SwitchOverLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Asks for the migration of one running container.
 *
 * @param root the source's runtime root
 * @param container the container's id
 * @param peer where the destination's node service listens
 * @param rootfs how its root filesystem gets there
 * @param insecure plaintext without certificates; the destination must ask for the same
 * @param patience how long one answer of the peer may take before it counts as lost
 * @param memory how its memory gets there
 * @param mode when that goes
 * @param limits what it may take
 * @param onStall what becomes of it if that can't be kept
 * @param link what it takes of it
 * @param network what becomes of its addresses and connections
 * @param stop how it is ended, if it is to start anew
 */
public record MigrateRequest(
        Path root,
        String container,
        PeerAddress peer,
        RootfsMode rootfs,
        boolean insecure,
        Duration patience,
        MemoryTerms memory,
        MigrateMode mode,
        SwitchOverLimits limits,
        OnStall onStall,
        LinkTerms link,
        NetworkTerms network,
        StopTerms stop) {
    /** Enough for a peer that swaps; a broken connection is noticed at once. */
    public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(30);

    public MigrateRequest {
        Objects.requireNonNull(root);
        Objects.requireNonNull(container);
        Objects.requireNonNull(peer);
        Objects.requireNonNull(rootfs);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(memory);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(onStall);
        Objects.requireNonNull(link);
        Objects.requireNonNull(network);
        Objects.requireNonNull(stop);
        if (memory.verify() && mayFollow(mode, onStall)) {
            throw new IllegalArgumentException("memory that follows a container can't be compared before that runs");
        }
    }

    /** Whether with these a container may run at the destination before all of its memory is there. */
    public static boolean mayFollow(MigrateMode mode, OnStall onStall) {
        return mode.memoryFollows() || onStall == OnStall.HYBRID;
    }

    /** As it is usual, whatever comes of it. */
    public MigrateRequest(
            Path root, String container, PeerAddress peer, RootfsMode rootfs, boolean insecure, Duration patience) {
        this(
                root,
                container,
                peer,
                rootfs,
                insecure,
                patience,
                MemoryTerms.USUAL,
                MigrateMode.PRE_COPY,
                SwitchOverLimits.DEFAULT,
                OnStall.STOP_AND_COPY,
                LinkTerms.USUAL,
                NetworkTerms.KEEP,
                StopTerms.USUAL);
    }

    /** What becomes of it if the limits can't be kept: with the mode hybrid that is no question. */
    public OnStall onStallByMode() {
        return mode == MigrateMode.HYBRID ? OnStall.HYBRID : onStall;
    }

    /** Whether the container may run at the destination before all of its memory is there. */
    public boolean memoryMayFollow() {
        return mayFollow(mode, onStall);
    }
}
