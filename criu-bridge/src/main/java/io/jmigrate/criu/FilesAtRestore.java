package io.jmigrate.criu;

import io.jmigrate.criu.request.RestoreRequest;
import io.jmigrate.criu.verify.FileDifferences;
import io.jmigrate.criu.verify.RootMode;
import io.jmigrate.runtime.config.Config;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The files that a container has open, compared with those that are there when it is restored.
 *
 * @param config of the container, with its root filesystem in its place
 * @param warning told what differs
 */
record FilesAtRestore(RestoreRequest request, Config config, Consumer<String> warning) {
    /**
     * The mode that the root directory is to have had, said. Whoever wants files to be as they were wants that of the root directory
     * too.
     *
     * @throws io.jmigrate.runtime.failure.Failure IMAGES_INVALID
     */
    Optional<RootMode> rootMode() {
        if (request.terms().verifyFiles()) {
            return Optional.empty();
        }
        Optional<RootMode> mode =
                RootMode.differing(request.imageDirectory(), config.rootfs().path());
        mode.ifPresent(modes ->
                warning.accept("the root directory of " + request.container().inSentence() + " has " + modes));
        return mode;
    }

    /**
     * Compares the others.
     *
     * @param images that CRIU reads
     * @throws io.jmigrate.runtime.failure.Failure FILES_DIFFER if that was asked for, IMAGES_INVALID
     */
    void verify(Path images) {
        if (request.terms().verifyFiles()) {
            FileDifferences.refuseAny(request.container().inSentence(), request.imageDirectory(), config);
            return;
        }
        FileDifferences.find(images, config)
                .forEach(difference -> warning.accept("a file that "
                        + request.container().inSentence() + " has open is not as it was: " + difference));
    }
}
