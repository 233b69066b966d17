package io.jmigrate.migration.engine;

import io.jmigrate.migration.plan.MigrateRequest;
import io.jmigrate.migration.report.MigrationResult;
import io.jmigrate.migration.report.ProgressListener;

/**
 * Moves one running container to another node.
 *
 * <p>Needs: a running container below the request's root, and a node service at the peer that knows this node. On success the
 * container runs at the peer and is gone here. On failure it runs here as before; only with the code IN_DOUBT it is frozen here
 * until recovery has asked the peer. The message says which.
 */
@FunctionalInterface
public interface Migrate {
    /**
     * @param progress hears every step, the last of which is {@code Finished} or {@code Ended}
     * @param cancel gives it up as long as it has not committed: a failure CANCELLED
     * @throws io.jmigrate.runtime.failure.Failure with a {@link io.jmigrate.migration.MigrationCode}, or the code of the part
     *     that failed
     */
    MigrationResult run(MigrateRequest request, ProgressListener progress, CancelToken cancel);
}
