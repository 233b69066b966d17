package io.jmigrate.archive;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * {@code config.dump}: what an archive says about the container it was made from, with the keys that podman, CRI-O and
 * containerd share (checkpointctl lib/metadata.go). Information for people; nothing is decided by it.
 *
 * @param id container id
 * @param name its name; jmigrate has none but the id
 * @param rootfsImageName the image or bundle the root file system came from, empty when unknown
 * @param runtime name of the OCI runtime
 * @param createdTime when the container was created
 * @param checkpointedTime when it was checkpointed
 * @param volumes that it has, whose files the archive may carry
 */
public record ContainerDescription(
        String id,
        String name,
        String rootfsImageName,
        String runtime,
        Instant createdTime,
        Instant checkpointedTime,
        List<Volume> volumes) {
    public ContainerDescription {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(rootfsImageName);
        Objects.requireNonNull(runtime);
        Objects.requireNonNull(createdTime);
        Objects.requireNonNull(checkpointedTime);
        volumes = List.copyOf(volumes);
    }
}
