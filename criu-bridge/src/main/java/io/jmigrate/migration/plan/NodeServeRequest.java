package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for a node service.
 *
 * @param listen where; port 0 takes a free one
 * @param root the runtime root whose containers leave and arrive
 * @param landing what arriving containers may do
 * @param limits how much others may ask of it
 * @param insecure plaintext without certificates: whoever reaches the port may send a container
 * @param lease how long a restored container is held for a source that does not say a word
 * @param patience how long one answer of a source may take before it counts as lost
 * @param kept how memory of containers that leave is kept; empty if nothing is
 */
public record NodeServeRequest(
        PeerAddress listen,
        Path root,
        LandingPolicy landing,
        NodeLimits limits,
        boolean insecure,
        Duration lease,
        Duration patience,
        Optional<KeptTerms> kept) {
    public static final Duration DEFAULT_LEASE = Duration.ofSeconds(30);

    public NodeServeRequest {
        Objects.requireNonNull(listen);
        Objects.requireNonNull(root);
        Objects.requireNonNull(landing);
        Objects.requireNonNull(limits);
        Objects.requireNonNull(lease);
        Objects.requireNonNull(patience);
        Objects.requireNonNull(kept);
    }

    /** Of a node that keeps nothing. */
    public NodeServeRequest(
            PeerAddress listen,
            Path root,
            LandingPolicy landing,
            NodeLimits limits,
            boolean insecure,
            Duration lease,
            Duration patience) {
        this(listen, root, landing, limits, insecure, lease, patience, Optional.empty());
    }
}
