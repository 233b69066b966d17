package io.jmigrate.runtime.container;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Containers#prepareRestore} needs.
 *
 * @param id must be free below the runtime root
 * @param bundle directory with config.json and the root filesystem
 * @param pidFile where the init's pid is written when the restore is complete
 */
public record RestoreReservation(ContainerId id, Path bundle, Optional<Path> pidFile) {
    public RestoreReservation {
        Objects.requireNonNull(id);
        bundle = bundle.toAbsolutePath().normalize();
        Objects.requireNonNull(pidFile);
    }

    public static RestoreReservation of(ContainerId id, Path bundle) {
        return new RestoreReservation(id, bundle, Optional.empty());
    }
}
