package io.jmigrate.node;

import io.jmigrate.migration.plan.PeerAddress;

/** A node service that listens. */
public interface NodeService extends AutoCloseable {
    /** Where it really listens. */
    PeerAddress address();

    /** Stops listening, aborts arrivals that are not committed and waits for those that are. */
    @Override
    void close();
}
