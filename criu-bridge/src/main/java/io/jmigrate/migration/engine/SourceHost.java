package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.SourceRecord;
import java.util.Optional;

/** What recovery needs of the host that a container was leaving. Every method throws {@code Failure}. */
public interface SourceHost {
    /** The copy that is left here of the container that migrated; absent if there is none, whatever else has its name by now. */
    Optional<SourceNode> copy(SourceRecord entry);

    /** The other end of this migration. */
    Peer peer(SourceRecord entry);

    /** Removes the images that wait to be sent. */
    void removeImages(MigrationId id);
}
