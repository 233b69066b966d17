package io.jmigrate.runtime.container;

import io.jmigrate.runtime.cgroup.CgroupPaths;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is kept of a container between two commands, as state.json has it. Everything else is read from the bundle or from
 * the kernel.
 *
 * @param id the container
 * @param ociVersion the version that the bundle's config.json declares
 * @param bundle absolute path of the bundle
 * @param rootfs absolute path of the root filesystem
 * @param created when the creation or the restore began
 * @param ownerUid the user who made it
 * @param annotations of the config, verbatim
 * @param state as it was when it was saved; the kernel may know of a later one, see {@link ContainerStatus}
 * @param cgroup the directories made for it, recorded before they are made; none where its user may not make any
 * @param networkNamespace where its network namespace is held by a bind mount, if the runtime made one
 * @param keyring the session keyring that its processes have; absent if they keep that of their caller
 * @param restored whether it came from images rather than from a start
 */
public record ContainerRecord(
        ContainerId id,
        String ociVersion,
        Path bundle,
        Path rootfs,
        Instant created,
        int ownerUid,
        Map<String, String> annotations,
        ContainerState state,
        CgroupPaths cgroup,
        Optional<Path> networkNamespace,
        Optional<String> keyring,
        boolean restored) {

    public ContainerRecord {
        Objects.requireNonNull(id);
        Objects.requireNonNull(ociVersion);
        Objects.requireNonNull(bundle);
        Objects.requireNonNull(rootfs);
        Objects.requireNonNull(created);
        annotations = Map.copyOf(annotations);
        Objects.requireNonNull(state);
        Objects.requireNonNull(cgroup);
        Objects.requireNonNull(networkNamespace);
        Objects.requireNonNull(keyring);
    }

    /** Whether it has a cgroup, or more, of its own; without, the user who made it had no right to one. */
    public boolean hasCgroup() {
        return !cgroup.places().isEmpty();
    }

    /** The same container in another state. */
    public ContainerRecord in(ContainerState next) {
        return in(next, restored);
    }

    /** The same container, of which nothing comes from images any more. */
    ContainerRecord made(ContainerState next) {
        return in(next, false);
    }

    private ContainerRecord in(ContainerState next, boolean fromImages) {
        return new ContainerRecord(
                id,
                ociVersion,
                bundle,
                rootfs,
                created,
                ownerUid,
                annotations,
                next,
                cgroup,
                networkNamespace,
                keyring,
                fromImages);
    }
}
