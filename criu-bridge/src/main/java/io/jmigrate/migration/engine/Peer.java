package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.Data;

/** The destination as the source sees it: connections to be made. Closing it closes all of them. */
public interface Peer extends AutoCloseable {
    /** A new control connection. */
    Control control();

    /** A new data connection, joined to the migration. */
    Data data(MigrationId id, String secret);

    /** Asks over a connection of its own what became of a migration; never throws. */
    DestinationAnswer ask(MigrationId id, String container);

    @Override
    void close();
}
