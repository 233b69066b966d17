package io.jmigrate.criu.request;

import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A container to dump into an image directory.
 *
 * @param container a running container
 * @param imageDirectory made if it is missing; must hold no images
 * @param workDirectory where the log and the statistics go; absent: the image directory
 * @param leaveRunning whether the container runs on afterwards
 * @param options what becomes of its connections
 * @param terms how it goes if not in the usual way
 * @param handover whether the tree goes to another node at once and not into an archive. The frozen time counts then: the runtime locks
 *     the network that it made for the container, and CRIU leaves out cgroups if they are none but the container's own. CRIU opens
 *     its lock when it or its caller dies, the runtime's stays until somebody opens it
 * @param apart places of mounts whose content is not dumped, as it goes to the other node by itself
 */
public record CheckpointRequest(
        ContainerId container,
        Path imageDirectory,
        Optional<Path> workDirectory,
        boolean leaveRunning,
        TreeOptions options,
        DumpTerms terms,
        boolean handover,
        Set<String> apart)
        implements TreeCheckpoint {
    public CheckpointRequest {
        Objects.requireNonNull(container);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(options);
        Objects.requireNonNull(terms);
        apart = Set.copyOf(apart);
    }

    /** A dump into a directory that ends the container. */
    public static CheckpointRequest of(ContainerId container, Path imageDirectory) {
        return new CheckpointRequest(
                container, imageDirectory, Optional.empty(), false, TreeOptions.NONE, DumpTerms.NONE, false, Set.of());
    }

    public CheckpointRequest withWorkDirectory(Path directory) {
        return new CheckpointRequest(
                container, imageDirectory, Optional.of(directory), leaveRunning, options, terms, handover, apart);
    }

    public CheckpointRequest withLeaveRunning(boolean wanted) {
        return new CheckpointRequest(container, imageDirectory, workDirectory, wanted, options, terms, handover, apart);
    }

    public CheckpointRequest withOptions(TreeOptions wanted) {
        return new CheckpointRequest(
                container, imageDirectory, workDirectory, leaveRunning, wanted, terms, handover, apart);
    }

    public CheckpointRequest withTerms(DumpTerms wanted) {
        return new CheckpointRequest(
                container, imageDirectory, workDirectory, leaveRunning, options, wanted, handover, apart);
    }

    /** @param mounts places of those whose content goes by itself */
    public CheckpointRequest toHandOver(Set<String> mounts) {
        return new CheckpointRequest(
                container, imageDirectory, workDirectory, leaveRunning, options, terms, true, mounts);
    }
}
