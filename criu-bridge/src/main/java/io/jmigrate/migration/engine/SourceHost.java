package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.journal.SourceRecord;
import java.util.Optional;

/** What recovery needs of the host that a container was leaving. Every method throws {@code Failure}. */
public interface SourceHost {
    /**
     * What is left here of the container that migrated, also if its processes have ended; absent if there is nothing, whatever else has its
     * name by now.
     */
    Optional<SourceNode> copy(SourceRecord entry);

    /** The other end of this migration. */
    Peer peer(SourceRecord entry);

    /**
     * Removes what this host keeps of the container's memory since an earlier departure; what it held when it left now was not kept, and
     * whether its user lets anything be kept is not known.
     */
    void forgetKept(SourceRecord entry);

    /** Removes the images that wait to be sent. */
    void removeImages(MigrationId id);
}
