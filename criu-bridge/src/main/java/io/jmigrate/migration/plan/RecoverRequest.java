package io.jmigrate.migration.plan;

import io.jmigrate.migration.MigrationId;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Asks to end what a crash or a lost connection left in doubt.
 *
 * @param root the runtime root whose journals are looked at
 * @param migration the one to recover; absent for all of them
 */
public record RecoverRequest(Path root, Optional<MigrationId> migration) {}
