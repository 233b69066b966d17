package io.jmigrate.migration.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a node lets a peer's container do to it. Everything that comes from a peer is refused unless this says otherwise.
 *
 * @param storage directory below which bundles of arriving containers are made, one a container
 * @param allowedMounts directories of this host that an arriving container may mount, with everything below them
 * @param devices whether its root filesystem may have nodes of devices beyond those that every container has
 * @param setIds whether its root filesystem may have programs that run with another user's rights. Their bundles can be entered by root
 *     alone, so that nobody else of this host can use them
 * @param grants in what it may have more than the usual container
 * @param memoryBytesMax of one container: what it brings, and what its config lets it use; absent: whatever there is room for
 */
public record LandingPolicy(
        Path storage,
        List<Path> allowedMounts,
        boolean devices,
        boolean setIds,
        LandingGrants grants,
        OptionalLong memoryBytesMax) {
    public LandingPolicy {
        storage = storage.toAbsolutePath().normalize();
        allowedMounts = allowedMounts.stream()
                .map(path -> path.toAbsolutePath().normalize())
                .toList();
        Objects.requireNonNull(grants);
        Objects.requireNonNull(memoryBytesMax);
    }

    /** Of a node that is given nothing more than a place. */
    public static LandingPolicy at(Path storage) {
        return new LandingPolicy(storage, List.of(), false, true, LandingGrants.NONE, OptionalLong.empty());
    }

    public LandingPolicy withMounts(List<Path> allowed) {
        return new LandingPolicy(storage, allowed, devices, setIds, grants, memoryBytesMax);
    }

    public LandingPolicy withDevices(boolean allowed) {
        return new LandingPolicy(storage, allowedMounts, allowed, setIds, grants, memoryBytesMax);
    }

    public LandingPolicy withSetIds(boolean allowed) {
        return new LandingPolicy(storage, allowedMounts, devices, allowed, grants, memoryBytesMax);
    }

    public LandingPolicy withGrants(LandingGrants given) {
        return new LandingPolicy(storage, allowedMounts, devices, setIds, given, memoryBytesMax);
    }

    public LandingPolicy withMemoryBytesMax(long bytes) {
        return new LandingPolicy(storage, allowedMounts, devices, setIds, grants, OptionalLong.of(bytes));
    }
}
