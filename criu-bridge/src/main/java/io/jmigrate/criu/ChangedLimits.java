package io.jmigrate.criu;

import io.jmigrate.criu.failure.CriuCode;
import io.jmigrate.runtime.container.ContainerId;
import io.jmigrate.runtime.container.ContainerStore;
import io.jmigrate.runtime.failure.Failure;
import io.jmigrate.runtime.failure.IoReason;
import io.jmigrate.runtime.spec.ResourcesChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * {@code resources.json} beside the images: what had become of the container's limits since it was made. A restore takes the limits from
 * the bundle's config.json, which doesn't know, and then these. Those of an archive that nobody vouches for may not exceed the bundle's
 * ({@link io.jmigrate.criu.confine.ImageExcesses}).
 */
public final class ChangedLimits {
    public static final String NAME = "resources.json";

    private ChangedLimits() {}

    /** Writes the file if the limits were changed. @throws Failure IMAGES_INVALID if it can't be written */
    public static void write(ContainerStore store, ContainerId id, Path imageDirectory) {
        Path kept = store.changeFile(id);
        if (!Files.exists(kept)) {
            return;
        }
        Path file = imageDirectory.resolve(NAME);
        try {
            Files.copy(kept, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Failure.of(CriuCode.IMAGES_INVALID, "cannot write " + file + ": " + IoReason.of(e))
                    .withCause(e);
        }
    }

    /** What the file says, if there is one. @throws Failure INVALID_CONFIG, IO */
    static Optional<ResourcesChange> read(Path imageDirectory) {
        Path file = imageDirectory.resolve(NAME);
        return Files.exists(file) ? Optional.of(ResourcesChange.read(file)) : Optional.empty();
    }
}
