package io.jmigrate.criu;

import io.jmigrate.criu.directory.ImageDirectory;
import io.jmigrate.criu.feature.CriuBinary;
import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.pages.PageStore;
import io.jmigrate.runtime.container.Containers;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.launch.Launcher;
import java.util.Objects;
import java.util.Optional;

/**
 * Restores a container from an image directory.
 *
 * <p>Prerequisite: the id is free and the bundle's root filesystem is as it was at the dump. On success the container runs, as a
 * child of the launcher's process. On failure nothing of it is left but CRIU's log, unless the failure came after the tree was let
 * go: then the message of the failure is the listener's own and the container runs.
 */
public final class RestoreContainer {
    private final Containers containers;
    private final Launcher launcher;
    private final CriuBinary criu;

    /**
     * @param containers of the runtime root
     * @param launcher starts CRIU and becomes the tree's parent
     * @param criu which one
     */
    public RestoreContainer(Containers containers, Launcher launcher, CriuBinary criu) {
        this.containers = Objects.requireNonNull(containers);
        this.launcher = Objects.requireNonNull(launcher);
        this.criu = Objects.requireNonNull(criu);
    }

    /**
     * Restores and lets the tree run.
     *
     * @throws Failure ALREADY_EXISTS, INVALID_CONFIG, CRIU_MISSING, CRIU_TOO_OLD, FEATURE_MISSING, IMAGES_INVALID, NO_SPACE, RESTORE_FAILED
     */
    public Restored run(RestoreRequest request) {
        return run(request, _ -> RestoreVerdict.RESUME).orElseThrow();
    }

    /**
     * Restores, and lets the listener decide while the tree is held.
     *
     * @return empty if the listener had the tree killed
     * @throws Failure as above, or whatever the listener throws
     */
    public Optional<Restored> run(RestoreRequest request, RestoreListener listener) {
        try (PreparedRestore prepared = prepareOf(request)) {
            return prepared.run(listener);
        } finally {
            request.pages().ifPresent(PageStore::close);
        }
    }

    /** What stands against images that are there already is said before anything is made. */
    private PreparedRestore prepareOf(RestoreRequest request) {
        ImageDirectory.requireNeeded(request.imageDirectory());
        return prepare(request);
    }

    /**
     * Makes everything that doesn't need the images: the id, cgroups, network (locked, links down) and CRIU's process. The images
     * may arrive between this and {@link PreparedRestore#run}. Nothing is left of it when the result is closed.
     */
    public PreparedRestore prepare(RestoreRequest request) {
        return PreparedRestore.make(containers, launcher, criu, request);
    }
}
