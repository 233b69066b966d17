package io.jmigrate.runtime.container;

import io.jmigrate.runtime.spec.SpecChanges;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Containers#prepareRestore} needs.
 *
 * @param id must be free below the runtime root
 * @param bundle directory with config.json and the root filesystem
 * @param changes what is to be other than config.json has it
 * @param pidFile where the init's pid is written when the restore is complete
 */
public record RestoreReservation(ContainerId id, Path bundle, SpecChanges changes, Optional<Path> pidFile) {
    public RestoreReservation {
        Objects.requireNonNull(id);
        bundle = bundle.toAbsolutePath().normalize();
        Objects.requireNonNull(changes);
        Objects.requireNonNull(pidFile);
    }

    public static RestoreReservation of(ContainerId id, Path bundle) {
        return new RestoreReservation(id, bundle, SpecChanges.NONE, Optional.empty());
    }
}
