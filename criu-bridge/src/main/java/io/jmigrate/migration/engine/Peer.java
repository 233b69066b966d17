package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.policy.DestinationAnswer;
import io.jmigrate.migration.wire.Control;
import io.jmigrate.migration.wire.Data;
import io.jmigrate.runtime.failure.Failure;

/** The destination as the source sees it: connections to be made. Closing it closes all of them. */
public interface Peer extends AutoCloseable {
    /** A new control connection. */
    Control control();

    /** A new data connection, joined to the migration. */
    Data data(MigrationId id, String secret);

    /** A new connection over which memory follows, joined to the migration. */
    Data follow(MigrationId id, String secret);

    /** Asks over a connection of its own what became of a migration; never throws. */
    DestinationAnswer ask(MigrationId id, String container);

    /** Measures over a connection of its own how many bytes a second it takes; that costs a second at most. Throws {@code Failure}. */
    double bandwidth();

    /** From now on whoever waits for the peer, to connect, to hear or to be heard, gets this failure instead. Does not wait itself. */
    void interrupt(Failure why);

    @Override
    void close();
}
