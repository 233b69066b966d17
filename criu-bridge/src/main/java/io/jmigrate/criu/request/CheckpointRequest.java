package io.jmigrate.criu.request;

import io.jmigrate.pages.PageSink;
import io.jmigrate.runtime.container.ContainerId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * A container to dump into an image directory.
 *
 * @param container a running container
 * @param imageDirectory made if it is missing; must hold no images
 * @param workDirectory where the log and the statistics go; absent: the image directory
 * @param leaveRunning whether the container runs on afterwards
 * @param options what may be in the tree
 * @param pages takes the memory pages in place of the image directory
 * @param ownNetworkLock whether the runtime locks the container's network in CRIU's place, if it made interfaces for it. CRIU opens its
 *     lock when it or its caller dies; this one stays until somebody opens it, and a restore need not look for CRIU's, which takes
 *     10 to 20 ms
 */
public record CheckpointRequest(
        ContainerId container,
        Path imageDirectory,
        Optional<Path> workDirectory,
        boolean leaveRunning,
        TreeOptions options,
        Optional<PageSink> pages,
        boolean ownNetworkLock) {
    public CheckpointRequest {
        Objects.requireNonNull(container);
        Objects.requireNonNull(imageDirectory);
        Objects.requireNonNull(workDirectory);
        Objects.requireNonNull(options);
        Objects.requireNonNull(pages);
    }

    /** A dump into a directory that ends the container, with nothing special in the tree. */
    public static CheckpointRequest of(ContainerId container, Path imageDirectory) {
        return new CheckpointRequest(
                container, imageDirectory, Optional.empty(), false, TreeOptions.NONE, Optional.empty(), false);
    }

    public CheckpointRequest withWorkDirectory(Path directory) {
        return new CheckpointRequest(
                container, imageDirectory, Optional.of(directory), leaveRunning, options, pages, ownNetworkLock);
    }

    public CheckpointRequest withLeaveRunning(boolean wanted) {
        return new CheckpointRequest(container, imageDirectory, workDirectory, wanted, options, pages, ownNetworkLock);
    }

    public CheckpointRequest withOptions(TreeOptions wanted) {
        return new CheckpointRequest(
                container, imageDirectory, workDirectory, leaveRunning, wanted, pages, ownNetworkLock);
    }

    public CheckpointRequest withPages(PageSink sink) {
        return new CheckpointRequest(
                container, imageDirectory, workDirectory, leaveRunning, options, Optional.of(sink), ownNetworkLock);
    }

    public CheckpointRequest withOwnNetworkLock() {
        return new CheckpointRequest(container, imageDirectory, workDirectory, leaveRunning, options, pages, true);
    }
}
