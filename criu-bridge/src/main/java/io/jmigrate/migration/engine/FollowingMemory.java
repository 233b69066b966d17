package io.jmigrate.migration.engine;

import io.jmigrate.migration.MigrationId;
import io.jmigrate.migration.report.FaultLatency;
import io.jmigrate.migration.report.PagesMoved;
import io.jmigrate.migration.wire.Data;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Memory that follows a container to its destination, where it runs.
 *
 * @param secret joins the connection to the migration
 * @param copy what is left of the container here, frozen
 * @param before how pages have gone before
 * @param progress hears of each piece: how pages have gone so far
 */
record FollowingMemory(
        MigrationId id,
        String secret,
        Peer peer,
        SourceMemory copy,
        Duration patience,
        PagesMoved before,
        Consumer<PagesMoved> progress) {
    /**
     * Returns when the destination needs nothing of the copy any more.
     *
     * @return how long programs have waited there
     * @throws io.jmigrate.runtime.failure.Failure if it may still need some, or the copy was set going meanwhile
     */
    FaultLatency give() {
        try (Data data = peer.follow(id, secret);
                StandingMemory memory = copy.standing()) {
            return new GivenMemory(data, memory, patience, before, progress).run();
        }
    }
}
