package io.jmigrate.migration.journal;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.Journals.Side;
import io.jmigrate.runtime.failure.Failure;

/**
 * A journal that is there and can't be read. Of which container it is nobody can tell.
 *
 * @param id of the migration, by its name
 * @param why names the file
 */
public record UnreadableJournal(MigrationId id, Side side, Failure why) {
    /** What is known of it, for sentences. */
    public String sentence() {
        return why.details().isEmpty() ? why.getMessage() : why.getMessage() + ": " + String.join("; ", why.details());
    }
}
