package io.jmigrate.migration.plan;

import io.jmigrate.migration.MigrationId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks to end what a crash or a lost connection left in doubt.
 *
 * @param root the runtime root whose journals are looked at
 * @param migration the one to recover, or the group; absent for all of them
 * @param takeBack whether a container goes on here whose destination does not answer: it is gone for good
 */
public record RecoverRequest(Path root, Optional<MigrationId> migration, boolean takeBack) {
    /** What the destination does not tell stays in doubt. */
    public RecoverRequest(Path root, Optional<MigrationId> migration) {
        this(root, migration, false);
    }
}
