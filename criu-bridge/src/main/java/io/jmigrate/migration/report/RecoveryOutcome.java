package io.jmigrate.migration.report;

import io.jmigrate.migration.MigrationId;

/**
 * What recovery did for one migration.
 *
 * @param migration its id
 * @param container what was moving; {@link #UNKNOWN} if its journal can't be read
 * @param place where it is now
 * @param settled whether nothing is in doubt any more
 * @param message what was found and done, in a sentence
 */
public record RecoveryOutcome(MigrationId migration, String container, Place place, boolean settled, String message) {
    /** No container can be called that. */
    public static final String UNKNOWN = "?";
}
