package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * What a node lets a peer's container do to it. Everything that comes from a peer is refused unless this says otherwise.
 *
 * @param storage directory below which bundles of arriving containers are made, one a container
 * @param allowedMounts directories of this host that an arriving container may mount, with everything below them
 */
public record LandingPolicy(Path storage, List<Path> allowedMounts) {
    public LandingPolicy {
        storage = storage.toAbsolutePath().normalize();
        allowedMounts = allowedMounts.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }
}
