package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * What a node lets a peer's container do to it. Everything that comes from a peer is refused unless this says otherwise.
 *
 * @param storage directory below which bundles of arriving containers are made, one a container
 * @param allowedMounts directories of this host that an arriving container may mount, with everything below them
 * @param devices whether its root filesystem may have nodes of devices beyond those that every container has
 * @param setIds whether its root filesystem may have programs that run with another user's rights. Their bundles can be entered by root
 *     alone, so that nobody else of this host can use them
 */
public record LandingPolicy(Path storage, List<Path> allowedMounts, boolean devices, boolean setIds) {
    /** Of a node that is given nothing more than a place. */
    public static LandingPolicy at(Path storage) {
        return new LandingPolicy(storage, List.of(), false, true);
    }

    public LandingPolicy {
        storage = storage.toAbsolutePath().normalize();
        allowedMounts = allowedMounts.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
    }
}
